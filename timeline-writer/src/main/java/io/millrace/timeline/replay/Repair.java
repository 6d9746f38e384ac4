package io.millrace.timeline.replay;

import io.millrace.timeline.cassandra.RowMending;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.Patience;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sets right what differs in a partition of the log, and looks again. When something was deleted cannot be read, so what
 * is missing is written at the log's time first, and if that does not show it, later and later, at last now: no later
 * than it must be, for a change that is on its way would be hidden.
 */
final class Repair implements Verification.Finding {
    private static final List<Duration> BACK = List.of(Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ZERO);

    private final RowMending mending;
    private final PrintWriter out;
    private final ProgressLine line;
    private final int show;
    private final Clock clock;
    private int shown;

    /** @param show how many rows are printed at most */
    Repair(TimelineStore store, PrintWriter out, ProgressLine line, int show, Clock clock) {
        this.mending = store.rowMending();
        this.out = out;
        this.line = line;
        this.show = show;
        this.clock = clock;
    }

    @Override
    public List<Difference> take(PartitionCheck check, List<Difference> differences) throws InterruptedException {
        differences.forEach(this::tell);
        var left = mended(check, differences, 0);
        for (int attempt = 0; !left.isEmpty() && attempt < BACK.size(); attempt++) {
            left = mended(
                    check,
                    left,
                    TimeUnit.MILLISECONDS.toMicros(
                            clock.millis() - BACK.get(attempt).toMillis()));
        }
        return left;
    }

    private List<Difference> mended(PartitionCheck check, List<Difference> wrong, long notBefore)
            throws InterruptedException {
        for (var each : wrong) {
            Patience.until(() -> mend(each, notBefore));
        }
        return check.again(wrong, line);
    }

    private boolean mend(Difference each, long notBefore) {
        try {
            mending.mend(
                    new RowMending.Wrong(each.partition(), each.row(), each.log(), each.store(), each.cells()),
                    notBefore);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while a row was mended", e);
        }
    }

    private synchronized void tell(Difference difference) {
        if (shown++ < show) {
            difference.lines().forEach(out::println);
            out.flush();
        }
    }
}
