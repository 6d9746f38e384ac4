package io.millrace.guarantees.load;

import java.util.Locale;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, to a hundredth, up to ten minutes. Thread-safe. */
public final class Latency {
    private static final long MOST_MICROS = 600_000_000L;

    private final Histogram micros = new ConcurrentHistogram(MOST_MICROS, 2);

    void record(long nanos) {
        micros.recordValue(Math.max(0, Math.min(MOST_MICROS, nanos / 1000)));
    }

    public long count() {
        return micros.getTotalCount();
    }

    /** 0 if nothing was recorded. */
    public double ms(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    public double p50() {
        return ms(50);
    }

    public double p99() {
        return ms(99);
    }

    String summary() {
        return String.format(
                Locale.ROOT, "p50 %.0f ms, p99 %.0f ms, most %.0f ms (%d)", p50(), p99(), ms(100), count());
    }
}
