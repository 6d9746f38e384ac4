package io.millrace.timeline.cassandra;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A partition of a table of Cassandra.
 *
 * @param key values of the columns of the partition key, as they are stored
 */
public record PartitionName(TableShape table, List<ByteBuffer> key) {
    public PartitionName {
        key = List.copyOf(key);
    }

    /** The value of a column of the partition key. */
    public Object value(String column) {
        return table.decode(column, key.get(table.partitionKey().indexOf(column)));
    }

    /** By table and key: no two tables have one name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionName o && table.name().equals(o.table.name()) && key.equals(o.key);
    }

    @Override
    public int hashCode() {
        return 31 * table.name().hashCode() + key.hashCode();
    }

    /** The table and its key as a condition. */
    @Override
    public String toString() {
        var text = new StringBuilder(table.name());
        for (var column : table.partitionKey()) {
            text.append(' ').append(column).append('=').append(value(column));
        }
        return text.toString();
    }
}
