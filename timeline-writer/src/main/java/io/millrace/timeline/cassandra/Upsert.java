package io.millrace.timeline.cassandra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which cells one of our writing statements sets, read from its text. They are of two forms, {@code INSERT INTO … VALUES …
 * USING TIMESTAMP :stamp} and {@code UPDATE … USING TIMESTAMP :stamp [AND TTL :seconds] SET … WHERE …}.
 *
 * @param keys variable by column of the key; without the clustering columns where static columns are set
 * @param sets cells that are set
 */
record Upsert(TableShape table, Map<String, String> keys, List<Assigned> sets) {
    private static final Pattern INSERT =
            Pattern.compile("INSERT INTO [\\w$]+\\.(\\w+) \\(([^)]*)\\) VALUES \\(([^)]*)\\) USING TIMESTAMP :stamp");
    private static final Pattern UPDATE =
            Pattern.compile("UPDATE [\\w$]+\\.(\\w+) USING TIMESTAMP :stamp(?: AND TTL :seconds)? SET (.*) WHERE (.*)");
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)(?:\\[:(\\w+)])? = (:?\\w+)");

    /**
     * One cell.
     *
     * @param element variable with the element's key, where the column has elements
     * @param value {@code :variable}, or {@code true}
     */
    record Assigned(String column, @Nullable String element, String value) {}

    /** @throws IllegalArgumentException if the statement is of another form */
    static Upsert of(String cql) {
        var insert = INSERT.matcher(cql);
        if (insert.matches()) {
            return inserted(table(insert.group(1)), insert.group(2), insert.group(3));
        }
        var update = UPDATE.matcher(cql);
        if (update.matches()) {
            return updated(table(update.group(1)), update.group(2), update.group(3));
        }
        throw new IllegalArgumentException("no upsert of a known form: " + cql);
    }

    private static TableShape table(String name) {
        return Objects.requireNonNull(TableShape.all().get(name), () -> "no migration makes table " + name);
    }

    private static Upsert inserted(TableShape table, String columns, String values) {
        var names = columns.split(",\\s*");
        var given = values.split(",\\s*");
        var keys = new LinkedHashMap<String, String>();
        var sets = new ArrayList<Assigned>();
        for (int i = 0; i < names.length; i++) {
            add(table, new Assigned(names[i], null, given[i]), keys, sets);
        }
        return new Upsert(table, keys, sets);
    }

    private static Upsert updated(TableShape table, String assignments, String conditions) {
        var keys = new LinkedHashMap<String, String>();
        var sets = new ArrayList<Assigned>();
        for (var each : (assignments + ", " + conditions.replace(" AND ", ", ")).split(", ")) {
            var assignment = ASSIGNMENT.matcher(each);
            if (!assignment.matches()) {
                throw new IllegalArgumentException("no assignment of a known form: " + each);
            }
            add(table, new Assigned(assignment.group(1), assignment.group(2), assignment.group(3)), keys, sets);
        }
        return new Upsert(table, keys, sets);
    }

    private static void add(TableShape table, Assigned set, Map<String, String> keys, List<Assigned> sets) {
        if (table.values().contains(set.column())) {
            sets.add(set);
        } else {
            keys.put(set.column(), set.value().substring(1));
        }
    }
}
