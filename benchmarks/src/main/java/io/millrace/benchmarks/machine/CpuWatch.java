package io.millrace.benchmarks.machine;

import io.millrace.benchmarks.report.CpuUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Follows what each process takes of the processors, second by second, until it is asked. For one thread. */
public final class CpuWatch {
    /** The process that asks. */
    public static final String GENERATOR = "generator";

    private static final String OTHERS = "all others";
    private static final String STOLEN = "stolen";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, List<Long>> processes;
    private final Map<String, List<Double>> series = new LinkedHashMap<>();
    /** What each process had taken when it was last seen: one that ends meanwhile took it all the same. */
    private final Map<Long, Double> seen = new ConcurrentHashMap<>();

    private final long beganNanos = System.nanoTime();
    private final Map<String, Double> first;
    private final Thread thread = new Thread(this::run, "cpu-watch");
    private Map<String, Double> last;
    private long lastNanos = beganNanos;
    private volatile boolean ended;

    private CpuWatch(Map<String, List<Long>> processes) {
        this.processes = processes;
        this.first = read(processes);
        this.last = first;
    }

    /** Whether that name of a use is the name of a process. */
    public static boolean isProcess(String name) {
        return !name.equals(OTHERS) && !name.equals(STOLEN);
    }

    /** @param others ids by name, without this one */
    public static CpuWatch start(Map<String, List<Long>> others) {
        var processes = new LinkedHashMap<>(others);
        processes.put(GENERATOR, List.of(ProcessHandle.current().pid()));
        var watch = new CpuWatch(processes);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private Map<String, Double> read(Map<String, List<Long>> processes) {
        var now = new LinkedHashMap<String, Double>();
        double known = 0;
        for (var process : processes.entrySet()) {
            double seconds = process.getValue().stream()
                    .mapToDouble(pid -> {
                        ProcessorTime.of(pid).ifPresent(time -> seen.put(pid, time));
                        return seen.getOrDefault(pid, 0.0);
                    })
                    .sum();
            now.put(process.getKey(), seconds);
            known += seconds;
        }
        var machine = ProcessorTime.ofMachine();
        now.put(OTHERS, machine.busy() - known);
        now.put(STOLEN, machine.stolen());
        return now;
    }

    private void run() {
        for (int second = 1; !ended; second++) {
            long due = beganNanos + second * SECOND;
            for (long wait = due - System.nanoTime(); wait > 0 && !ended; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (!ended) {
                sample();
            }
        }
    }

    private void sample() {
        long nowNanos = System.nanoTime();
        var now = read(processes);
        double seconds = (nowNanos - lastNanos) / 1e9;
        now.forEach((name, time) -> series.computeIfAbsent(name, n -> new ArrayList<>())
                .add(cores(time - last.getOrDefault(name, time), seconds)));
        last = now;
        lastNanos = nowNanos;
    }

    private static double cores(double time, double seconds) {
        return Math.max(0, Math.round(time / seconds * 1000) / 1000.0);
    }

    /** Ends it and tells all. */
    public List<CpuUse> end() throws InterruptedException {
        ended = true;
        LockSupport.unpark(thread);
        thread.join();
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        var all = new ArrayList<CpuUse>();
        read(processes)
                .forEach((name, time) -> all.add(new CpuUse(
                        name,
                        cores(time - first.getOrDefault(name, time), seconds),
                        series.getOrDefault(name, List.of()))));
        return all;
    }
}
