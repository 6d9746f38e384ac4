package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.RowCells;
import io.millrace.timeline.cassandra.TableShape;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what follows from the log with what is stored: every cell of every row. Write times are not compared, nor where in a
 * partition a record stands, which another number of partitions changes. Two things may be otherwise: the body of a message that has ended may be gone or empty, as any empty body may be gone; and
 * {@code delivered} of a receipt may be there where the last record of the compacted log does not say it.
 */
final class Comparison {
    /** Cassandra ends a body at a whole second, and clocks are not the same. */
    private static final long AROUND_THE_END_MS = 2_000;

    /** Offsets beside the heads. */
    private static final Set<String> PLACES = Set.of("head_offset", "applied_offset");

    private final Clock clock;

    Comparison(Clock clock) {
        this.clock = clock;
    }

    /**
     * The rows of one partition that differ.
     *
     * @param whole whether the log is there from its beginning; otherwise what the store has besides is not judged
     */
    List<Difference> of(
            PartitionName partition,
            Map<List<ByteBuffer>, RowCells> log,
            Map<List<ByteBuffer>, RowCells> store,
            boolean whole) {
        var rows = new LinkedHashSet<>(log.keySet());
        if (whole) {
            rows.addAll(store.keySet());
        }
        var found = new ArrayList<Difference>();
        for (var row : rows) {
            var cells = differing(partition.table(), log.get(row), store.get(row), whole);
            if (!cells.isEmpty() || !log.containsKey(row)) {
                found.add(new Difference(partition, row, log.get(row), store.get(row), cells));
            }
        }
        return found;
    }

    private List<String> differing(TableShape table, @Nullable RowCells log, @Nullable RowCells store, boolean whole) {
        Set<String> names = new LinkedHashSet<>();
        if (log != null) {
            names.addAll(log.names());
        }
        if (store != null && whole) {
            names.addAll(store.names());
        }
        return names.stream()
                .filter(name -> !PLACES.contains(name) && !agree(table, name, log, store))
                .toList();
    }

    private boolean agree(TableShape table, String cell, @Nullable RowCells log, @Nullable RowCells store) {
        var derived = log == null ? null : log.value(cell);
        var stored = store == null ? null : store.value(cell);
        if (cell.equals("body")) {
            return agreeOnBody(derived, stored, endOf(log, store));
        }
        boolean unsaid = derived == null
                && log != null
                && cell.equals("delivered")
                && Sources.topic(table).equals(Sources.RECEIPTS);
        return unsaid || Objects.equals(derived, stored) || sameMap(table, cell, derived, stored);
    }

    /** Cassandra sorts what it keeps of a map. */
    private static boolean sameMap(
            TableShape table, String cell, @Nullable ByteBuffer derived, @Nullable ByteBuffer stored) {
        return derived != null
                && stored != null
                && table.decode(cell, derived) instanceof Map<?, ?> map
                && map.equals(table.decode(cell, stored));
    }

    private boolean agreeOnBody(@Nullable ByteBuffer derived, @Nullable ByteBuffer stored, long endMs) {
        boolean gone = stored == null || !stored.hasRemaining();
        if (endMs != 0) {
            long leftMs = endMs - clock.millis();
            if (leftMs < -AROUND_THE_END_MS) {
                return gone;
            }
            if (leftMs < AROUND_THE_END_MS && gone) {
                return true;
            }
        }
        return (derived == null || !derived.hasRemaining()) ? gone : derived.equals(stored);
    }

    /** As the log says, or if it is not there from its beginning, the store. */
    private static long endOf(@Nullable RowCells log, @Nullable RowCells store) {
        var end = log == null ? null : log.value("expires_at");
        if (end == null && store != null) {
            end = store.value("expires_at");
        }
        return end == null ? 0 : end.getLong();
    }
}
