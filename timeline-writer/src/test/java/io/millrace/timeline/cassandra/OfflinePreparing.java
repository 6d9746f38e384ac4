package io.millrace.timeline.cassandra;

import com.datastax.driver.core.DataType;
import com.datastax.driver.core.OfflineStatements;
import com.datastax.driver.core.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Prepares our writing statements with the types that the .cql files say, without a server. */
public final class OfflinePreparing implements Preparing {
    private static final Pattern VARIABLE = Pattern.compile(":(\\w+)");

    /** Tables in memory, and the writes into them. */
    public static LogWrites into(FoldedTables tables, java.time.Clock clock) {
        return new LogWrites(new OfflinePreparing(), tables, clock);
    }

    public static FoldedTables tables() {
        return new FoldedTables(new Upserts());
    }

    @Override
    public PreparedStatement prepare(String cql) {
        var upsert = Upsert.of(cql);
        var columns = new LinkedHashMap<String, String>();
        upsert.keys().forEach((column, variable) -> columns.put(variable, column));
        upsert.sets().forEach(set -> columns.put(set.value().substring(1), set.column()));
        var types = new LinkedHashMap<String, DataType>();
        var variables = VARIABLE.matcher(cql);
        while (variables.find()) {
            types.put(variables.group(1), type(variables.group(1), columns, upsert));
        }
        return OfflineStatements.prepare(cql, types);
    }

    private static DataType type(String variable, Map<String, String> columns, Upsert upsert) {
        if (variable.equals("seconds")) {
            return DataType.cint();
        }
        var column = columns.get(variable);
        var type = variable.equals("stamp")
                ? "bigint"
                : column == null ? "text" : upsert.table().columns().get(column);
        return switch (type) {
            case "text" -> DataType.text();
            case "bigint", "map<text, bigint>" -> DataType.bigint();
            case "boolean" -> DataType.cboolean();
            case "blob" -> DataType.blob();
            case "frozen<list<text>>" -> DataType.frozenList(DataType.text());
            case "frozen<map<text, text>>" -> DataType.frozenMap(DataType.text(), DataType.text());
            default -> throw new IllegalArgumentException(type);
        };
    }
}
