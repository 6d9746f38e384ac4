package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.report.Spread;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Does something so many times a second, in bursts of a millisecond, and takes the times of what comes of it. */
final class PacedRun {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MOST_MICROS = 600_000_000L;

    private PacedRun() {}

    /**
     * Calls with the instant at which each one is due, when it is due; the last of them for one that is over.
     *
     * @return how many there were
     */
    static long pace(double perSecond, double seconds, LongConsumer doing) {
        long began = System.nanoTime();
        long count = Math.max(1, Math.round(perSecond * seconds));
        for (long i = 0; i < count; ) {
            long now = System.nanoTime();
            long due = began + (long) (i / perSecond * 1e9);
            while (i < count && due <= now) {
                doing.accept(due);
                i++;
                due = began + (long) (i / perSecond * 1e9);
            }
            if (i < count) {
                LockSupport.parkNanos(TURN_NANOS);
            }
        }
        return count;
    }

    /** Times of one thing. */
    static final class Times {
        private final String name;
        private final Histogram micros = new ConcurrentHistogram(MOST_MICROS, 3);
        private final AtomicLong count = new AtomicLong();

        Times(String name) {
            this.name = name;
        }

        void since(long dueNanos) {
            micros.recordValue(Math.max(0, Math.min(MOST_MICROS, (System.nanoTime() - dueNanos) / 1000)));
            count.incrementAndGet();
        }

        long count() {
            return count.get();
        }

        Spread spread() {
            return Spread.of(name, micros, List.of());
        }
    }
}
