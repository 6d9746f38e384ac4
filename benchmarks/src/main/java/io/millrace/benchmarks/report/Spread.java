package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long something took, over many times. All times are milliseconds.
 *
 * @param curve percentile by percentile, for a plot
 * @param bySecond what was due in each second
 */
public record Spread(
        String name,
        long count,
        double mean,
        double p50,
        double p90,
        double p99,
        double p999,
        double most,
        List<Point> curve,
        List<Second> bySecond) {
    private static final int TICKS_PER_HALF_DISTANCE = 4;

    /** So much of everything took at most so long. */
    public record Point(double percentile, double ms) {}

    /** What was due in one second of the run. */
    public record Second(int second, long count, double p50, double p99, double most) {}

    public Spread {
        curve = List.copyOf(curve);
        bySecond = List.copyOf(bySecond);
    }

    /** The same times under another name. */
    public Spread named(String other) {
        return new Spread(other, count, mean, p50, p90, p99, p999, most, curve, bySecond);
    }

    /** @param micros what was recorded, in microseconds */
    public static Spread of(String name, Histogram micros, List<Second> bySecond) {
        var curve = new ArrayList<Point>();
        for (var value : micros.percentiles(TICKS_PER_HALF_DISTANCE)) {
            if (value.getPercentileLevelIteratedTo() < 100) {
                curve.add(new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / 1e3));
            }
        }
        return new Spread(
                name,
                micros.getTotalCount(),
                micros.getTotalCount() == 0 ? 0 : micros.getMean() / 1e3,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(90) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                micros.getTotalCount() == 0 ? 0 : micros.getMaxValue() / 1e3,
                curve,
                bySecond);
    }
}
