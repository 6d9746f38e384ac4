package io.millrace.timeline.cassandra;

import com.datastax.driver.core.BoundStatement;
import com.datastax.driver.core.Row;
import com.datastax.driver.core.exceptions.DriverException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sets single rows right that somebody has changed past the log: the only writes that are not the log's own, and the only
 * ones that delete. A wrong cell is overwritten one microsecond after it was written, and what the log does not have is
 * deleted at the time it was written, so that everything later still wins. Thread-safe.
 */
public final class RowMending {
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final CassandraConnection connection;
    private final Requests requests;
    private final WriteTarget writes;
    private final Clock clock;

    RowMending(CassandraConnection connection, Requests requests, WriteTarget writes, Clock clock) {
        this.connection = connection;
        this.requests = requests;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * A row that differs.
     *
     * @param row values of the clustering columns; none for the static columns
     * @param log what it must be; null: no row
     * @param store what it is, and without which it is left alone; null: no row
     * @param cells those that differ
     */
    public record Wrong(
            PartitionName partition,
            List<ByteBuffer> row,
            @Nullable RowCells log,
            @Nullable RowCells store,
            List<String> cells) {
        private boolean isStatic() {
            return row.isEmpty() && !partition.table().clustering().isEmpty();
        }

        private List<String> keyColumns() {
            var columns = new ArrayList<>(partition.table().partitionKey());
            if (!isStatic()) {
                columns.addAll(partition.table().clustering());
            }
            return columns;
        }

        private String where() {
            return " WHERE " + String.join(" = ? AND ", keyColumns()) + " = ?";
        }

        private int bindKey(BoundStatement bound, int from) {
            int at = from;
            for (var value : partition.key()) {
                bound.setBytesUnsafe(at++, value.duplicate());
            }
            for (var value : row) {
                bound.setBytesUnsafe(at++, value.duplicate());
            }
            return at;
        }
    }

    /**
     * Writes what is wrong. When it was deleted nobody can tell; what does not appear must be written again later.
     *
     * @param notBefore microseconds; what is missing is written at this time, or at the log's if that is later
     * @throws StoreUnavailableException if the row cannot be read; try again
     */
    public void mend(Wrong wrong, long notBefore) throws InterruptedException {
        var present = read(wrong);
        var log = wrong.log();
        var statements = new ArrayList<PartitionedStatement>();
        if (log == null && !wrong.isStatic()) {
            if (isAsSeen(wrong, present)) {
                statements.add(one(wrong, deleteRow(wrong, Math.max(notBefore, latest(present)))));
            }
        } else {
            for (var cell : wrong.cells()) {
                var there = present.get(cell);
                var seen = wrong.store() == null ? null : wrong.store().value(cell);
                if (!Objects.equals(there == null ? null : there.value(), seen)) {
                    continue; // somebody has just written it, and is looked at again
                }
                var right = log == null ? null : log.value(cell);
                if (right != null && log != null) {
                    long floor = there == null ? notBefore : there.writtenAt() + 1;
                    statements.add(one(wrong, set(wrong, log, cell, right, Math.max(log.stamp(cell), floor))));
                } else if (there != null) {
                    statements.add(one(wrong, deleteCell(wrong, cell, there.writtenAt())));
                }
            }
        }
        writes.all(statements);
    }

    private record Present(ByteBuffer value, long writtenAt) {}

    private static boolean isAsSeen(Wrong wrong, Map<String, Present> present) {
        var store = wrong.store();
        return store != null
                && store.names().size() == present.size()
                && present.entrySet().stream()
                        .allMatch(each -> each.getValue().value().equals(store.value(each.getKey())));
    }

    private static long latest(Map<String, Present> present) {
        return present.values().stream().mapToLong(Present::writtenAt).max().orElse(0);
    }

    private static PartitionedStatement one(Wrong wrong, BoundStatement statement) {
        return new PartitionedStatement(wrong.partition().toString(), statement);
    }

    /** Value and write time of every cell, read at once. */
    private Map<String, Present> read(Wrong wrong) {
        var table = wrong.partition().table();
        var columns = table.values().stream()
                .filter(column -> table.statics().contains(column) == wrong.isStatic())
                .toList();
        var selected = new ArrayList<String>();
        for (var column : columns) {
            selected.add(column);
            // of a column with elements, the latest of them
            selected.add((table.hasElements(column) ? "MAXWRITETIME(" : "WRITETIME(") + column + ")");
        }
        var select = connection
                .prepare("SELECT " + String.join(", ", selected) + " FROM $." + table.name() + wrong.where()
                        + " LIMIT 1")
                .bind();
        wrong.bindKey(select, 0);
        try {
            var row = requests.await(requests.send(select)).one();
            return row == null ? Map.of() : present(table, columns, row);
        } catch (DriverException e) {
            throw new StoreUnavailableException("Cassandra did not answer a read", e);
        }
    }

    private static Map<String, Present> present(TableShape table, Collection<String> columns, Row row) {
        var present = new HashMap<String, Present>();
        int at = 0;
        for (var column : columns) {
            var value = row.getBytesUnsafe(at);
            if (value != null) {
                long writtenAt = row.getLong(at + 1);
                var cells = new RowCells();
                TableReads.add(table, column, value, cells);
                for (var name : cells.names()) {
                    present.put(name, new Present(Objects.requireNonNull(cells.value(name)), writtenAt));
                }
            }
            at += 2;
        }
        return present;
    }

    private BoundStatement deleteRow(Wrong wrong, long at) {
        var bound = connection
                .prepare("DELETE FROM $." + wrong.partition().table().name() + " USING TIMESTAMP ?" + wrong.where())
                .bind()
                .setLong(0, at);
        wrong.bindKey(bound, 1);
        return bound;
    }

    private BoundStatement deleteCell(Wrong wrong, String cell, long at) {
        var table = wrong.partition().table();
        var column = TableShape.columnOf(cell);
        boolean isElement = table.hasElements(column);
        var bound = connection
                .prepare("DELETE " + column + (isElement ? "[?]" : "") + " FROM $." + table.name()
                        + " USING TIMESTAMP ?" + wrong.where())
                .bind();
        int next = 0;
        if (isElement) {
            bound.setBytesUnsafe(next++, TableShape.keyOf(cell));
        }
        bound.setLong(next++, at);
        wrong.bindKey(bound, next);
        return bound;
    }

    private BoundStatement set(Wrong wrong, RowCells log, String cell, ByteBuffer right, long at) {
        var table = wrong.partition().table();
        var column = TableShape.columnOf(cell);
        if (table.hasElements(column)) {
            var bound = connection
                    .prepare(
                            "UPDATE $." + table.name() + " USING TIMESTAMP ? SET " + column + "[?] = ?" + wrong.where())
                    .bind()
                    .setLong(0, at)
                    .setBytesUnsafe(1, TableShape.keyOf(cell))
                    .setBytesUnsafe(2, right.duplicate());
            wrong.bindKey(bound, 3);
            return bound;
        }
        var end = log.value("expires_at");
        int seconds = end == null || !column.equals("body")
                ? TimeToLive.FOR_EVER
                : TimeToLive.seconds(end.getLong(), clock.millis());
        return seconds > 0
                ? ending(wrong, column, right, at, seconds)
                : insert(wrong, column, seconds == TimeToLive.OVER ? NO_BODY : right, at);
    }

    private BoundStatement ending(Wrong wrong, String column, ByteBuffer right, long at, int seconds) {
        var bound = connection
                .prepare("UPDATE $." + wrong.partition().table().name() + " USING TIMESTAMP ? AND TTL ? SET " + column
                        + " = ?" + wrong.where())
                .bind()
                .setLong(0, at)
                .setInt(1, seconds)
                .setBytesUnsafe(2, right.duplicate());
        wrong.bindKey(bound, 3);
        return bound;
    }

    private BoundStatement insert(Wrong wrong, String column, ByteBuffer right, long at) {
        var columns = wrong.keyColumns();
        var bound = connection
                .prepare("INSERT INTO $." + wrong.partition().table().name() + " (" + String.join(", ", columns) + ", "
                        + column + ") VALUES (" + "?, ".repeat(columns.size()) + "?) USING TIMESTAMP ?")
                .bind();
        int next = wrong.bindKey(bound, 0);
        return bound.setBytesUnsafe(next, right.duplicate()).setLong(next + 1, at);
    }
}
