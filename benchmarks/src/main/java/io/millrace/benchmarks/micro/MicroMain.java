package io.millrace.benchmarks.micro;

import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark of this module with JMH, in JVMs of their own. */
public final class MicroMain {
    private static final String ALL = "io\\.millrace\\..*Benchmark\\..*";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private MicroMain() {}

    /**
     * Time and allocation of each function, as one section.
     *
     * @param time each is measured for, after as long a warm-up
     * @param forks JVMs that each is measured in
     */
    public static Section run(Duration time, int forks, boolean verbose) {
        int iterations = (int) Math.max(1, time.toSeconds());
        var each = TimeValue.milliseconds(time.toMillis() / iterations);
        var options = new OptionsBuilder()
                .include(ALL)
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(each)
                .measurementIterations(iterations)
                .measurementTime(each)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
                .shouldFailOnError(true)
                .verbosity(verbose ? VerboseMode.NORMAL : VerboseMode.SILENT)
                .build();
        var figures = new ArrayList<Figure>();
        try {
            for (var result : new Runner(options).run()) {
                var name = result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+)Benchmark\\.", "$1: ");
                figures.add(new Figure(name, result.getPrimaryResult().getScore(), "ns"));
                figures.add(new Figure(
                        name + ", 99.9 % confidence ±",
                        result.getPrimaryResult().getScoreError(),
                        "ns"));
                var allocated = result.getSecondaryResults().get(ALLOCATED);
                if (allocated != null) {
                    figures.add(new Figure(name + ", allocated", allocated.getScore(), "bytes"));
                }
            }
        } catch (RunnerException e) {
            throw new IllegalStateException("a function could not be measured", e);
        }
        return Section.of("functions", figures, List.of(), List.of());
    }
}
