package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.RowCells;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row on which log and store do not agree.
 *
 * @param row values of the clustering columns; none for the static columns of the partition
 * @param log what follows from the log; null: no row
 * @param store what is stored; null: no row
 * @param cells those that differ
 */
record Difference(
        PartitionName partition,
        List<ByteBuffer> row,
        @Nullable RowCells log,
        @Nullable RowCells store,
        List<String> cells) {
    private static final int WIDE = 6;

    /** Which row it is. */
    record RowName(PartitionName partition, List<ByteBuffer> row) {}

    RowName rowName() {
        return new RowName(partition, row);
    }

    /** Whether both sides are as when the row was seen before: nothing is on its way that would explain it. */
    boolean isStill(Difference before) {
        return same(log, before.log) && same(store, before.store);
    }

    private static boolean same(@Nullable RowCells one, @Nullable RowCells other) {
        return (one == null || other == null) ? one == other : one.hasValuesOf(other);
    }

    /** Table and key of the row. */
    String name() {
        var text = new StringBuilder(partition.toString());
        var clustering = partition.table().clustering();
        for (int i = 0; i < row.size(); i++) {
            text.append(' ')
                    .append(clustering.get(i))
                    .append('=')
                    .append(partition.table().decode(clustering.get(i), row.get(i)));
        }
        return row.isEmpty() && !clustering.isEmpty() ? text + " (static)" : text.toString();
    }

    /** The row and both sides, of what somebody wrote only hashes. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("differs  " + name());
        lines.add("  log    " + side(log));
        lines.add("  store  " + side(store));
        return lines;
    }

    private String side(@Nullable RowCells side) {
        if (side == null) {
            return "no row";
        }
        var shown = cells.stream()
                .limit(WIDE)
                .map(cell -> cell + "=" + CellText.of(partition.table(), cell, side.value(cell)))
                .collect(Collectors.joining(" "));
        return shown.isEmpty() ? "a row" : cells.size() > WIDE ? shown + " …" : shown;
    }
}
