package io.millrace.benchmarks.report;

import java.util.List;

/**
 * What one process took of the processors.
 *
 * @param cores on average; 1 is one core all the time
 * @param bySecond the same second by second
 */
public record CpuUse(String process, double cores, List<Double> bySecond) {
    public CpuUse {
        bySecond = List.copyOf(bySecond);
    }
}
