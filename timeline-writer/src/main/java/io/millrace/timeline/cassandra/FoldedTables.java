package io.millrace.timeline.cassandra;

import com.datastax.driver.core.BoundStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tables in memory: what is written into them becomes what Cassandra would keep of it, whatever the order. A row is found
 * by the values of its clustering columns; the static columns of a partition are a row of its own without any. Bodies
 * with a time to live do not end here. Not thread-safe.
 */
public final class FoldedTables implements WriteTarget {
    private final Map<PartitionName, Map<List<ByteBuffer>, RowCells>> partitions = new HashMap<>();
    private final Upserts upserts;

    FoldedTables(Upserts upserts) {
        this.upserts = upserts;
    }

    public Set<PartitionName> partitions() {
        return partitions.keySet();
    }

    /** The rows of a partition by clustering columns; none where nothing was written. */
    public Map<List<ByteBuffer>, RowCells> rows(PartitionName partition) {
        return partitions.getOrDefault(partition, Map.of());
    }

    @Override
    public void all(List<PartitionedStatement> statements) {
        for (var statement : statements) {
            upserts.in(statement).forEach(each -> apply(each.statement(), each.upsert()));
        }
    }

    private void apply(BoundStatement statement, Upsert upsert) {
        var table = upsert.table();
        var partition = new PartitionName(table, key(statement, upsert, table.partitionKey()));
        boolean isStatic = !upsert.keys().keySet().containsAll(table.clustering());
        var row = isStatic ? List.<ByteBuffer>of() : key(statement, upsert, table.clustering());
        var cells =
                partitions.computeIfAbsent(partition, p -> new HashMap<>()).computeIfAbsent(row, r -> new RowCells());
        long stamp = statement.getLong("stamp");
        for (var set : upsert.sets()) {
            var element = set.element();
            var name = element == null
                    ? set.column()
                    : TableShape.element(set.column(), statement.getBytesUnsafe(element));
            if (set.value().equals("true")) {
                cells.put(name, ByteBuffer.wrap(new byte[] {1}), stamp);
            } else if (statement.isSet(set.value().substring(1))) {
                cells.put(name, statement.getBytesUnsafe(set.value().substring(1)), stamp);
            }
        }
    }

    private static List<ByteBuffer> key(BoundStatement statement, Upsert upsert, List<String> columns) {
        var values = new ArrayList<ByteBuffer>();
        for (var column : columns) {
            var variable = upsert.keys().get(column);
            if (variable == null) {
                throw new IllegalStateException("a write to " + upsert.table().name() + " without " + column);
            }
            values.add(statement.getBytesUnsafe(variable));
        }
        return List.copyOf(values);
    }
}
