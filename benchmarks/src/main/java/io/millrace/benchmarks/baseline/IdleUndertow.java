package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.machine.ProcessFacts;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.guarantees.load.JvmTools;
import io.millrace.guarantees.load.wire.Reactor;
import java.io.IOException;
import java.util.List;

/** Connections to an Undertow that does nothing with them. */
public final class IdleUndertow {
    public static final String HEAP = "heap of a connection";

    private static final int WARM = 500;
    private static final double KIB = 1024;

    private IdleUndertow() {}

    public static Section measure(TestBed bed, int count) throws IOException, InterruptedException {
        int port = bed.options().ports().spare(Echo.SPARE_PORT);
        try (var server = OwnJvm.start(
                        "idle-undertow",
                        EchoMain.class,
                        List.of("-Xms48m", "-Xmx256m"),
                        List.of(Integer.toString(port)),
                        bed.options().data());
                var reactor = new Reactor("idle")) {
            server.awaitReady();
            new Echo.Client(reactor, "").connect(port, WARM);
            double heapBefore = JvmTools.liveHeapBytes(server.pid());
            double residentBefore = ProcessFacts.residentMib(server.pid());
            new Echo.Client(reactor, "").connect(port, count);
            double heap = (JvmTools.liveHeapBytes(server.pid()) - heapBefore) / KIB / count;
            double resident = (ProcessFacts.residentMib(server.pid()) - residentBefore) * KIB / count;
            return Section.of(
                    "baseline: bare Undertow, idle connections",
                    List.of(
                            new Figure(HEAP, heap, "KiB"),
                            new Figure("resident memory of a connection", resident, "KiB")),
                    List.of(),
                    List.of());
        }
    }
}
