package io.millrace.benchmarks;

import io.millrace.benchmarks.baseline.Baselines;
import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.machine.MachineFacts;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.report.Spread;
import io.millrace.benchmarks.report.Summary;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Devices come back, each with so many missed entries, and pull them: entries a second, and when a device is in step. */
final class Roam implements Scenario {
    static final String PULLED = "entries pulled";

    private static final int AT_ONCE = 16;
    private static final long MOST_MICROS = 600_000_000L;

    @Override
    public String name() {
        return "roam";
    }

    @Override
    public String description() {
        return "devices that come back with missed entries and pull them, sixteen at once";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        var options = bed.options();
        var users = Backlog.make(bed, Math.min(options.users(), 100), options.missed(), options.rate() * 5);
        var devices = new ArrayList<PullingDevice>();
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (var user : users) {
            devices.add(new PullingDevice(client, bed.edgeUrl(), bed.tokens().of(user, System.currentTimeMillis())));
        }
        if (options.warmUp().toMillis() > 0) {
            bed.say("warming up");
            pull(bed, devices, options.warmUp().toMillis() / 1e3, "warm-up");
        }
        var runs = new ArrayList<Section>();
        for (int run = 1; run <= options.runs(); run++) {
            runs.add(pull(bed, devices, options.seconds(), "run " + run));
        }
        return runs;
    }

    @Override
    public Baseline baseline(TestBed bed, List<Section> runs) throws IOException, InterruptedException {
        var summary = Summary.of(runs);
        var baselines = Baselines.ofStore(bed, summary);
        var ratios = baselines.isEmpty()
                ? List.<Ratio>of()
                : List.of(Ratio.of(
                        PULLED + " over " + Baselines.ROWS_READ,
                        Summary.median(summary, PULLED),
                        baselines.get(0).value(Baselines.ROWS_READ)));
        return new Baseline(baselines, ratios);
    }

    private static Section pull(TestBed bed, List<PullingDevice> devices, double seconds, String name)
            throws IOException, InterruptedException {
        var pages = new ConcurrentHistogram(MOST_MICROS, 3);
        var inStep = new ConcurrentHistogram(MOST_MICROS, 3);
        var entries = new LongAdder();
        var next = new AtomicInteger();
        var watch = CpuWatch.start(bed.processes());
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(pool.submit(() -> {
                    // each of them once at least
                    for (int n = next.getAndIncrement();
                            n < devices.size() || System.nanoTime() < end;
                            n = next.getAndIncrement()) {
                        long from = System.nanoTime();
                        devices.get(n % devices.size()).pull((count, took) -> {
                            entries.add(count);
                            record(pages, took);
                        });
                        record(inStep, System.nanoTime() - from);
                    }
                    return null;
                }));
            }
            for (var each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a device could not pull", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        double took = (System.nanoTime() - began) / 1e9;
        var cpu = watch.end();
        var figures = new ArrayList<Figure>();
        figures.add(new Figure(PULLED, entries.sum() / took, "entries/s"));
        figures.add(new Figure("devices in step", inStep.getTotalCount() / took, "devices/s"));
        figures.add(new Figure(
                "entries of a device", entries.sum() / (double) Math.max(1, inStep.getTotalCount()), "entries"));
        for (var use : cpu) {
            if (use.process().equals(CpuWatch.GENERATOR)) {
                figures.add(
                        new Figure("generator's share of the machine", 100 * use.cores() / MachineFacts.cores(), "%"));
            }
        }
        bed.say("  " + name + ": " + Math.round(entries.sum() / took) + " entries a second");
        return Section.of(
                name,
                figures,
                List.of(Spread.of("a page", pages, List.of()), Spread.of("until in step", inStep, List.of())),
                cpu);
    }

    private static void record(Histogram into, long nanos) {
        into.recordValue(Math.min(MOST_MICROS, nanos / 1000));
    }
}
