package io.millrace.timeline.cassandra;

import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Row;
import com.datastax.driver.core.exceptions.DriverException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads any table as it is stored, whole partitions at a time. Every call waits for its answer and throws
 * {@link StoreUnavailableException}. Thread-safe.
 */
public final class TableReads {
    /** Rows of a page: each may have a body. */
    private static final int PAGE = 500;

    private final CassandraConnection connection;
    private final Requests requests;

    TableReads(CassandraConnection connection, Requests requests) {
        this.connection = connection;
        this.requests = requests;
    }

    /** Names every partition that the table has. */
    public void names(TableShape table, Consumer<PartitionName> each) {
        var select = connection.prepare(
                "SELECT DISTINCT " + String.join(", ", table.partitionKey()) + " FROM $." + table.name());
        try {
            for (var row : requests.await(requests.send(select.bind()))) {
                each.accept(new PartitionName(table, key(row, table.partitionKey())));
            }
        } catch (DriverException e) {
            throw new StoreUnavailableException("Cassandra did not name the partitions of " + table.name(), e);
        }
    }

    /** The rows of each of these partitions by clustering columns, static columns as a row without any. */
    public Map<PartitionName, Map<List<ByteBuffer>, RowCells>> rows(Collection<PartitionName> partitions) {
        var asked = new LinkedHashMap<PartitionName, CompletableFuture<ResultSet>>();
        for (var partition : partitions) {
            asked.put(partition, ask(partition));
        }
        var found = new HashMap<PartitionName, Map<List<ByteBuffer>, RowCells>>();
        try {
            asked.forEach((partition, answer) -> found.put(partition, rows(partition.table(), requests.await(answer))));
        } catch (DriverException e) {
            throw new StoreUnavailableException("Cassandra did not answer a read", e);
        }
        return found;
    }

    private CompletableFuture<ResultSet> ask(PartitionName partition) {
        var table = partition.table();
        var select =
                connection.prepare("SELECT " + String.join(", ", table.columns().keySet()) + " FROM $." + table.name()
                        + " WHERE " + String.join(" = ? AND ", table.partitionKey()) + " = ?");
        var bound = select.bind();
        for (int i = 0; i < partition.key().size(); i++) {
            bound.setBytesUnsafe(i, partition.key().get(i).duplicate());
        }
        return requests.send(bound.setFetchSize(PAGE));
    }

    private static Map<List<ByteBuffer>, RowCells> rows(TableShape table, Iterable<Row> answer) {
        var rows = new HashMap<List<ByteBuffer>, RowCells>();
        for (var row : answer) {
            boolean isRow = table.clustering().stream().noneMatch(row::isNull);
            var cells = new RowCells();
            for (var column : table.values()) {
                if (table.statics().contains(column)) {
                    if (!row.isNull(column)) {
                        add(
                                table,
                                column,
                                row.getBytesUnsafe(column),
                                rows.computeIfAbsent(List.of(), r -> new RowCells()));
                    }
                } else if (isRow) {
                    add(table, column, row.getBytesUnsafe(column), cells);
                }
            }
            if (isRow) {
                rows.put(key(row, table.clustering()), cells);
            }
        }
        return rows;
    }

    /** Adds a column that was read: as one cell, or one for each of its elements. */
    static void add(TableShape table, String column, @Nullable ByteBuffer value, RowCells cells) {
        if (value == null) {
            return;
        }
        if (!table.hasElements(column)) {
            cells.put(column, value, 0);
            return;
        }
        var map = value.duplicate();
        for (int left = map.getInt(); left > 0; left--) {
            var key = part(map);
            cells.put(TableShape.element(column, key), part(map), 0);
        }
    }

    /** The next key or value of a serialized map: its length, then its bytes. */
    private static ByteBuffer part(ByteBuffer map) {
        int length = map.getInt();
        var part = map.slice().limit(length);
        map.position(map.position() + length);
        return part;
    }

    private static List<ByteBuffer> key(Row row, List<String> columns) {
        var values = new ArrayList<ByteBuffer>();
        for (var column : columns) {
            values.add(row.getBytesUnsafe(column));
        }
        return List.copyOf(values);
    }
}
