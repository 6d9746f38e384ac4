package io.millrace.localstack.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as its {@code .cql} file declares it.
 *
 * @param partitionKey columns, comma-separated
 * @param clustering columns, comma-separated; empty: one row per partition
 * @param comment states the query that it serves
 * @param expires whether it declares a time to live
 */
record CassandraTable(String name, String partitionKey, String clustering, String comment, boolean expires) {
    private static final Pattern TABLE =
            Pattern.compile("(?s)CREATE TABLE IF NOT EXISTS (\\w+) \\((.*?)\\n\\) WITH (.*?);\\n");
    private static final Pattern KEY = Pattern.compile("PRIMARY KEY \\(\\(([^)]*)\\)(?:, ([^)]*))?\\)");
    private static final Pattern SINGLE_KEY = Pattern.compile("(\\w+) \\w+ PRIMARY KEY");
    private static final Pattern COMMENT = Pattern.compile("comment = '([^']*)'");

    static List<CassandraTable> in(String cql) {
        var tables = new ArrayList<CassandraTable>();
        var found = TABLE.matcher(cql);
        while (found.find()) {
            tables.add(table(found.group(1), found.group(2), found.group(3)));
        }
        return tables;
    }

    private static CassandraTable table(String name, String columns, String options) {
        var comment = COMMENT.matcher(options);
        var text = comment.find() ? comment.group(1) : "";
        boolean expires = options.contains("default_time_to_live");
        var key = KEY.matcher(columns);
        if (key.find()) {
            var order = options.contains(" DESC)") ? " (newest first)" : "";
            var clustering = key.group(2) == null ? "" : key.group(2) + order;
            return new CassandraTable(name, key.group(1), clustering, text, expires);
        }
        var single = SINGLE_KEY.matcher(columns);
        if (!single.find()) {
            throw new IllegalStateException("table " + name + " has no primary key that this can read");
        }
        return new CassandraTable(name, single.group(1), "", text, expires);
    }
}
