package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.guarantees.load.Await;
import io.millrace.guarantees.load.wire.Handshake;
import io.millrace.guarantees.load.wire.Link;
import io.millrace.guarantees.load.wire.Reactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A frame to an Undertow and back, through the generator's own client. */
final class Echo implements Baseline {
    static final String NAME = "baseline: Undertow, WebSocket echo";
    static final String BACK = "back";

    static final int SPARE_PORT = 9;
    private static final int LINKS = 100;
    private static final int CONNECTS_A_MS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNDER_WAY = 4;

    @Override
    public Section measure(TestBed bed, Size size) throws IOException, InterruptedException {
        int port = bed.options().ports().spare(SPARE_PORT);
        var arguments = List.of(Integer.toString(port));
        try (var server = OwnJvm.start(
                        "echo",
                        EchoMain.class,
                        List.of("-Xms48m", "-Xmx256m"),
                        arguments,
                        bed.options().data());
                var reactor = new Reactor("echo")) {
            server.awaitReady();
            var processes = new LinkedHashMap<>(bed.processes());
            processes.put("echo", List.of(server.pid()));
            var client = new Client(reactor, "x".repeat(size.recordBytes()));
            client.connect(port, LINKS);
            client.saturate(size.seconds());
            var watch = CpuWatch.start(processes);
            var back = new PacedRun.Times(BACK);
            client.times = back;
            long sent = PacedRun.pace(size.perSecond(), size.seconds(), client::send);
            var cpu = watch.end();
            Await.that(() -> back.count() >= sent, PATIENCE, 10);
            var figures = List.of(
                    new Figure("offered", size.perSecond(), "frames/s"),
                    new Figure("most that come back", client.saturate(size.seconds()), "frames/s"));
            return Section.of(NAME, figures, List.of(back.spread()), cpu);
        }
    }

    /** Many connections to an echo server. */
    static final class Client implements Link.Listener {
        private final Reactor reactor;
        private final String padding;
        private final List<Link> links = new ArrayList<>();
        private final AtomicInteger open = new AtomicInteger();
        private int next;
        private volatile boolean saturating;
        volatile PacedRun.Times times = new PacedRun.Times("none");

        Client(Reactor reactor, String padding) {
            this.reactor = reactor;
            this.padding = padding;
        }

        void connect(int port, int count) throws InterruptedException {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var handshake = new Handshake("127.0.0.1:" + port, "/", "echo", 0);
            reactor.execute(() -> {
                for (int i = 0; i < count; i++) {
                    reactor.after(i / CONNECTS_A_MS, () -> links.add(reactor.connect(address, handshake, this)));
                }
            });
            if (!Await.that(() -> open.get() == count, PATIENCE, 10)) {
                throw new IllegalStateException(open.get() + " of " + count + " connections are open");
            }
        }

        /** By any thread. */
        void send(long due) {
            reactor.execute(() -> say(links.get(next++ % links.size()), due));
        }

        /** Some frames under way on each link all the time; answers how many came back a second. */
        double saturate(double seconds) throws InterruptedException {
            var back = new PacedRun.Times("most");
            times = back;
            saturating = true;
            long began = System.nanoTime();
            reactor.execute(() -> links.forEach(link -> {
                for (int i = 0; i < UNDER_WAY; i++) {
                    say(link, System.nanoTime());
                }
            }));
            Await.that(() -> false, Duration.ofMillis((long) (seconds * 1000)), 10);
            saturating = false;
            double perSecond = back.count() / ((System.nanoTime() - began) / 1e9);
            long last = -1;
            // what is under way comes back before anything else is measured
            while (last != back.count()) {
                last = back.count();
                Await.that(() -> false, Duration.ofMillis(100), 10);
            }
            return perSecond;
        }

        private void say(Link link, long due) {
            link.send((due + " " + padding).getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void onOpen(Link link) {
            open.incrementAndGet();
        }

        @Override
        public void onRefused(Link link, int status, long retryAfterMs) {
            throw new IllegalStateException("the echo server answers " + status);
        }

        @Override
        public void onText(Link link, byte[] bytes, int offset, int length) {
            long due = 0;
            for (int i = offset; bytes[i] != ' '; i++) {
                due = due * 10 + bytes[i] - '0';
            }
            times.since(due);
            if (saturating) {
                say(link, System.nanoTime());
            }
        }

        @Override
        public void onClosed(Link link, int code) {
            open.decrementAndGet();
        }
    }
}
