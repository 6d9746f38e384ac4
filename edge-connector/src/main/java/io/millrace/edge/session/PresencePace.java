package io.millrace.edge.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Lets thirty questions who is there through in any ten seconds, at once or spread: a list that is scrolled asks of
 * many conversations together. Confined to the session's I/O thread.
 */
final class PresencePace {
    private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_QUESTIONS = 30;

    private final ArrayDeque<Long> takenNanos = new ArrayDeque<>(MOST_QUESTIONS);

    /** Takes a question and returns 0, or takes none and returns after how many milliseconds, at least 1, one is taken. */
    long take(long nowNanos) {
        var oldest = takenNanos.peekFirst();
        if (takenNanos.size() == MOST_QUESTIONS && oldest != null) {
            long waitNanos = PERIOD_NANOS - (nowNanos - oldest);
            if (waitNanos > 0) {
                return Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos + 999_999));
            }
            takenNanos.removeFirst();
        }
        takenNanos.addLast(nowNanos);
        return 0;
    }
}
