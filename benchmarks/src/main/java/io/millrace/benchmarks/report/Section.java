package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What one run, or one baseline, came to. */
public record Section(
        String name, List<Figure> figures, List<Spread> latencies, List<CpuUse> cpu, List<Series> series) {
    public Section {
        figures = List.copyOf(figures);
        latencies = List.copyOf(latencies);
        cpu = List.copyOf(cpu);
        series = List.copyOf(series);
    }

    /** One in which nothing is followed over time but the processors. */
    public static Section of(String name, List<Figure> figures, List<Spread> latencies, List<CpuUse> cpu) {
        return new Section(name, figures, latencies, cpu, List.of());
    }

    /** Every number of it that can be compared, by a name that is unique in it. */
    public List<Figure> flat() {
        var all = new ArrayList<>(figures);
        for (var latency : latencies) {
            all.add(new Figure(latency.name() + ", p50", latency.p50(), "ms"));
            all.add(new Figure(latency.name() + ", p99", latency.p99(), "ms"));
        }
        for (var use : cpu) {
            all.add(new Figure("CPU of " + use.process(), use.cores(), "cores"));
        }
        return all;
    }

    /** That number of {@link #flat()}, or NaN. */
    public double value(String figure) {
        return flat().stream()
                .filter(each -> each.name().equals(figure))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
