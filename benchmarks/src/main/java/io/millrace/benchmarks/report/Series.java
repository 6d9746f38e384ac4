package io.millrace.benchmarks.report;

import java.util.List;

/** One number over time, every so many seconds. */
public record Series(String name, String unit, double everySeconds, List<Double> values) {
    public Series {
        values = List.copyOf(values);
    }
}
