package io.millrace.timeline.cassandra;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the shape of the tables from the numbered .cql files. */
final class CqlFiles {
    private static final Pattern CREATE =
            Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+) \\((.*)\\) WITH .*", Pattern.DOTALL);
    private static final Pattern ADD =
            Pattern.compile("ALTER TABLE (\\w+) ADD IF NOT EXISTS \\(?(.*?)\\)?", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("PRIMARY KEY \\(\\(([^)]*)\\)(?:, (.*))?\\)");
    private static final Pattern COLUMN = Pattern.compile("(\\w+) (.*?)( static)?( PRIMARY KEY)?");
    /** Between columns, not between the angle brackets of a type. */
    private static final Pattern COMMA = Pattern.compile(",\\s*(?![^<]*>)");

    /** By name, as all files together make them. */
    static final Map<String, TableShape> TABLES = read();

    private CqlFiles() {}

    private static Map<String, TableShape> read() {
        var tables = new LinkedHashMap<String, TableShape>();
        for (var file : Migrations.FILES) {
            for (var statement : Migrations.statements(file)) {
                apply(statement, tables);
            }
        }
        return Collections.unmodifiableMap(tables);
    }

    private static void apply(String statement, Map<String, TableShape> tables) {
        var create = CREATE.matcher(statement);
        var add = ADD.matcher(statement);
        if (create.matches()) {
            tables.put(create.group(1), created(create.group(1), create.group(2)));
        } else if (add.matches()) {
            tables.computeIfPresent(add.group(1), (name, table) -> grown(table, add.group(2)));
        } else {
            throw new IllegalStateException("a migration neither makes a table nor adds a column: " + statement);
        }
    }

    private static TableShape created(String name, String definitions) {
        var columns = new LinkedHashMap<String, String>();
        var statics = new LinkedHashSet<String>();
        var partitionKey = List.<String>of();
        var clustering = List.<String>of();
        for (var definition : definitions.strip().split(",\n")) {
            var key = KEY.matcher(definition.strip());
            var column = COLUMN.matcher(definition.strip());
            if (key.matches()) {
                partitionKey = names(key.group(1));
                clustering = key.group(2) == null ? List.of() : names(key.group(2));
            } else if (column.matches()) {
                columns.put(column.group(1), column.group(2));
                if (column.group(3) != null) {
                    statics.add(column.group(1));
                }
                if (column.group(4) != null) {
                    partitionKey = List.of(column.group(1));
                }
            }
        }
        return new TableShape(
                name,
                partitionKey,
                clustering,
                Collections.unmodifiableMap(columns),
                Collections.unmodifiableSet(statics));
    }

    private static TableShape grown(TableShape table, String added) {
        var columns = new LinkedHashMap<>(table.columns());
        for (var definition : COMMA.split(added.strip())) {
            var column = COLUMN.matcher(definition.strip());
            if (column.matches()) {
                columns.put(column.group(1), column.group(2));
            }
        }
        return new TableShape(
                table.name(),
                table.partitionKey(),
                table.clustering(),
                Collections.unmodifiableMap(columns),
                table.statics());
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).toList();
    }
}
