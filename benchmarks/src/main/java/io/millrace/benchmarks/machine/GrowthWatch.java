package io.millrace.benchmarks.machine;

import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongToDoubleFunction;

/** Follows what processes hold (memory, threads, files) until it is ended. For one thread. */
public final class GrowthWatch {
    private static final Map<String, LongToDoubleFunction> KINDS = kinds();
    private static final int QUARTERS = 4;

    private final Map<String, List<Long>> processes;
    private final long everyNanos;
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "growth-watch");
    private volatile boolean ended;

    private GrowthWatch(Map<String, List<Long>> processes, double everySeconds) {
        this.processes = processes;
        this.everyNanos = (long) (everySeconds * 1e9);
    }

    private static Map<String, LongToDoubleFunction> kinds() {
        var kinds = new LinkedHashMap<String, LongToDoubleFunction>();
        kinds.put("MiB of resident memory", ProcessFacts::residentMib);
        kinds.put("threads", ProcessFacts::threads);
        kinds.put("files", ProcessFacts::files);
        return kinds;
    }

    public static GrowthWatch start(Map<String, List<Long>> processes, double everySeconds) {
        var watch = new GrowthWatch(new LinkedHashMap<>(processes), everySeconds);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        long next = System.nanoTime();
        while (!ended) {
            KINDS.forEach((kind, read) ->
                    processes.forEach((name, pids) -> values.computeIfAbsent(kind, k -> new LinkedHashMap<>())
                            .computeIfAbsent(name, n -> new ArrayList<>())
                            .add(pids.stream().mapToDouble(read::applyAsDouble).sum())));
            next += everyNanos;
            for (long wait = next - System.nanoTime(); wait > 0 && !ended; wait = next - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
        }
    }

    public void end() throws InterruptedException {
        ended = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    /** After the end. */
    public List<Series> series() {
        var all = new ArrayList<Series>();
        double seconds = everyNanos / (double) TimeUnit.SECONDS.toNanos(1);
        values.forEach(
                (kind, byName) -> byName.forEach((name, each) -> all.add(new Series(name, kind, seconds, each))));
        return all;
    }

    /** The last quarter of the time over the second one, after the end: 1 is flat. */
    public List<Figure> growth() {
        var all = new ArrayList<Figure>();
        values.forEach((kind, byName) -> byName.forEach((name, each) -> {
            int quarter = Math.max(1, each.size() / QUARTERS);
            int second = Math.min(quarter, each.size() - 1);
            double early = mean(each.subList(second, Math.min(each.size(), second + quarter)));
            double late = mean(each.subList(each.size() - quarter, each.size()));
            all.add(new Figure(kind + ", " + name, late, "at the end"));
            all.add(new Figure(kind + ", " + name + ", last over second quarter", late / early, "times"));
        }));
        return all;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }
}
