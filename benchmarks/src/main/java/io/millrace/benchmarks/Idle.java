package io.millrace.benchmarks;

import io.millrace.benchmarks.baseline.IdleUndertow;
import io.millrace.benchmarks.load.Ledger;
import io.millrace.benchmarks.load.PullableWatch;
import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.machine.ProcessFacts;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Ratio;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.guarantees.load.JvmTools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sessions that do nothing but keep alive: memory and processor time of each, and how fast they connect. */
final class Idle implements Scenario {
    static final String HEAP = "heap of a session";

    private static final int CONNECTS_A_SECOND = 1000;
    private static final int WARM = 500;
    private static final double KIB = 1024;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String description() {
        return "sessions that do nothing: memory and processor time of each, and how fast they connect";
    }

    @Override
    public List<Section> runs(TestBed bed) throws IOException, InterruptedException {
        warmUp(bed);
        int count = bed.options().sessions();
        long pid = bed.part("edge-1").pid().orElseThrow();
        double heapBefore = JvmTools.liveHeapBytes(pid);
        double residentBefore = ProcessFacts.residentMib(pid);
        var figures = new ArrayList<Figure>();
        try (var crowd = bed.crowd(new Ledger(PullableWatch.NONE))) {
            var devices = crowd.add("idle", count, bed.place());
            long began = System.nanoTime();
            Sessions.open(bed, crowd, devices, CONNECTS_A_SECOND);
            double seconds = (System.nanoTime() - began) / 1e9;
            var watch = CpuWatch.start(bed.processes());
            TimeUnit.MILLISECONDS.sleep(bed.options().time().toMillis());
            var cpu = watch.end();
            double heap = (JvmTools.liveHeapBytes(pid) - heapBefore) / KIB / count;
            double resident = (ProcessFacts.residentMib(pid) - residentBefore) * KIB / count;
            figures.add(new Figure("sessions", count, "open"));
            figures.add(new Figure("connected", count / seconds, "sessions/s"));
            figures.add(
                    new Figure("connection to welcome, p50", crowd.welcomes().p50(), "ms"));
            figures.add(
                    new Figure("connection to welcome, p99", crowd.welcomes().p99(), "ms"));
            figures.add(new Figure(HEAP, heap, "KiB"));
            figures.add(new Figure("resident memory of a session", resident, "KiB"));
            figures.add(new Figure("still open", crowd.openCount(), "sessions"));
            for (var use : cpu) {
                if (CpuWatch.isProcess(use.process())) {
                    figures.add(new Figure(
                            "CPU of 1000 sessions, " + use.process(),
                            use.cores() * 1e6 / count,
                            "thousandths of a core"));
                }
            }
            return List.of(Section.of("idle", figures, List.of(), cpu));
        }
    }

    @Override
    public Baseline baseline(TestBed bed, List<Section> runs) throws IOException, InterruptedException {
        if (bed.options().baselineTime().isZero()) {
            return Baseline.NONE;
        }
        var bare = IdleUndertow.measure(bed, bed.options().sessions());
        return new Baseline(
                List.of(bare),
                List.of(Ratio.of(
                        HEAP + " over that of a bare Undertow",
                        runs.get(0).value(HEAP),
                        bare.value(IdleUndertow.HEAP))));
    }

    /** So that classes, buffers and compiled code do not count as sessions. */
    private static void warmUp(TestBed bed) throws IOException, InterruptedException {
        try (var crowd = bed.crowd(new Ledger(PullableWatch.NONE))) {
            Sessions.open(bed, crowd, crowd.add("warm", WARM, bed.place()), CONNECTS_A_SECOND);
        }
    }
}
