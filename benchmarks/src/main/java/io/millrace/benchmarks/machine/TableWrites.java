package io.millrace.benchmarks.machine;

import com.datastax.driver.core.Session;
import java.util.Map;
import java.util.TreeMap;

/** How many writes each table took, as the node counts them: a batch of one partition is one. */
public final class TableWrites {
    private static final String KEYSPACE = "millrace";

    private TableWrites() {}

    public static Map<String, Long> read(Session session) {
        var writes = new TreeMap<String, Long>();
        for (var row :
                session.execute("SELECT keyspace_name, table_name, \"count\" FROM system_views.local_write_latency")) {
            if (row.getString("keyspace_name").equals(KEYSPACE)) {
                writes.put(row.getString("table_name"), row.getLong("count"));
            }
        }
        return writes;
    }
}
