package io.millrace.benchmarks.load;

import io.millrace.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * When one thing happened to each message, counted from the instant at which the message was due. What happens to a
 * message several times (delivery to a group) is counted each time; over time the last one is shown. Thread-safe.
 */
final class Track {
    private static final long MOST_MICROS = 600_000_000L;
    private static final int DIGITS = 3;

    private final String name;
    private final Histogram all = new ConcurrentHistogram(MOST_MICROS, DIGITS);
    /** One more than the microseconds; 0 where it has not happened. */
    private final AtomicIntegerArray last;

    Track(String name, int messages) {
        this.name = name;
        this.last = new AtomicIntegerArray(messages);
    }

    void record(int index, long nanos) {
        int micros = (int) Math.max(0, Math.min(MOST_MICROS, nanos / 1000));
        all.recordValue(micros);
        last.accumulateAndGet(index, micros + 1, Math::max);
    }

    String name() {
        return name;
    }

    long count() {
        return all.getTotalCount();
    }

    boolean has(int index) {
        return last.get(index) > 0;
    }

    /** Messages that this happened to and the other thing did not. */
    long countWithout(Track other) {
        long count = 0;
        for (int i = 0; i < last.length(); i++) {
            if (has(i) && !other.has(i)) {
                count++;
            }
        }
        return count;
    }

    double ms(double percentile) {
        return all.getValueAtPercentile(percentile) / 1e3;
    }

    /** Of the messages from one index to another alone, in milliseconds; 0 if none of them is there. */
    double ms(double percentile, int from, int to) {
        var some = histogram(from, to);
        return some.getValueAtPercentile(percentile) / 1e3;
    }

    private Histogram histogram(int from, int to) {
        var some = new Histogram(MOST_MICROS, DIGITS);
        for (int i = from; i < to; i++) {
            int micros = last.get(i);
            if (micros > 0) {
                some.recordValue(micros - 1);
            }
        }
        return some;
    }

    Spread spread(Rates rates) {
        var seconds = new ArrayList<Spread.Second>();
        int from = 0;
        for (int second = 0; from < rates.count(); second++) {
            int to = from;
            long end = (second + 1) * 1_000_000_000L;
            while (to < rates.count() && rates.dueNanos(to) < end) {
                to++;
            }
            var some = histogram(from, to);
            if (some.getTotalCount() > 0) {
                seconds.add(new Spread.Second(
                        second,
                        some.getTotalCount(),
                        some.getValueAtPercentile(50) / 1e3,
                        some.getValueAtPercentile(99) / 1e3,
                        some.getMaxValue() / 1e3));
            }
            from = to;
        }
        return Spread.of(name, all, List.copyOf(seconds));
    }
}
