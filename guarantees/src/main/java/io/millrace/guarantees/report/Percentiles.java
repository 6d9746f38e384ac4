package io.millrace.guarantees.report;

import java.util.Arrays;
import java.util.List;

/** Percentiles of some durations, in milliseconds. */
record Percentiles(double p50, double p99, double worst, int count) {
    static Percentiles ofNanos(List<Long> nanos) {
        if (nanos.isEmpty()) {
            return new Percentiles(0, 0, 0, 0);
        }
        var sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, 0.50), at(sorted, 0.99), sorted[sorted.length - 1] / 1e6, sorted.length);
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))] / 1e6;
    }
}
