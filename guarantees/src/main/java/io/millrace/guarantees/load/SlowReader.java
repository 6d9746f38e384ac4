package io.millrace.guarantees.load;

import io.millrace.guarantees.load.OpenLoop.Errand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** One session that never reads, among many that do, while others write to its user. */
final class SlowReader implements Scenario {
    private static final int FAST = 60;
    private static final int FAST_RATE = 20;
    private static final int WRITERS = 20;
    private static final int SLOW_RATE = 100;
    private static final int LARGE = 6000;
    private static final int SMALL_BUFFER = 4096;
    private static final Duration OPENING = Duration.ofMinutes(1);
    /** The socket's buffers fill, a frame waits for {@code sessions.sendWithin}, or the acks fail twice. */
    private static final Duration CLOSED = Duration.ofSeconds(90);

    private static final long HEAP_MIB = 16;
    private static final double TIMES = 2;
    private static final double SLACK_MS = 50;
    private static final String CLOSES = "millrace_edge_sessions_closed_total";
    private static final String TOO_SLOW = "close_code=\"4508\"";
    /** Where too little comes to fill its buffers. */
    private static final String NO_ACK = "close_code=\"4408\"";

    @Override
    public String name() {
        return "slow-reader";
    }

    @Override
    public String description() {
        return "a session that never reads while others write to it: when it is closed, and what it costs the others";
    }

    @Override
    public Result run(Stage stage) throws IOException, InterruptedException {
        var result = new Result(name());
        stage.freshEdge();
        var metrics = stage.metrics();
        try (var crowd = stage.crowd()) {
            var fast = crowd.add("fast", FAST, stage.place());
            var writers = crowd.add("writer", WRITERS, stage.place());
            var slow = crowd.add("slow", 1, stage.place().withReceiveBytes(SMALL_BUFFER))
                    .get(0);
            Crowd.startAt(crowd.devices(), FAST);
            int all = FAST + WRITERS + 1;
            result.complete("every session is open", crowd.awaitOpen(all, OPENING), crowd.openCount());
            var step = stage.options().step();
            load(stage, FAST_RATE, step.dividedBy(2), Overload.CHARACTERS, Pairs.of(fast));
            var alone = load(stage, FAST_RATE, step, Overload.CHARACTERS, Pairs.of(fast));

            long pid = stage.edge().pid().orElseThrow();
            long heapBefore = JvmTools.liveHeapBytes(pid);
            double closedBefore = closes(metrics);
            LongFunction<Errand> toSlow =
                    number -> new Errand(writers.get((int) (number % WRITERS)), Message.toUser(slow.user()));
            slow.deafen();
            long began = System.nanoTime();
            var flood = OpenLoop.start(stage.phase(OpenLoop.operations(SLOW_RATE, CLOSED)), SLOW_RATE, LARGE, toSlow);
            var beside = OpenLoop.start(
                    stage.phase(OpenLoop.operations(FAST_RATE, CLOSED)),
                    FAST_RATE,
                    Overload.CHARACTERS,
                    Pairs.of(fast));
            long heapMost = heapBefore;
            double closedAfter = -1;
            while (closedAfter < 0 && System.nanoTime() - began < CLOSED.toNanos()) {
                if (closes(metrics) > closedBefore) {
                    closedAfter = (System.nanoTime() - began) / 1e9;
                } else {
                    heapMost = Math.max(heapMost, JvmTools.liveHeapBytes(pid));
                }
            }
            flood.stop();
            flood.join();
            beside.stop();
            var others = beside.join();
            long heapAfter = JvmTools.liveHeapBytes(pid);
            report(result, alone, others, closedAfter, List.of(heapBefore, heapMost, heapAfter));
            boolean gone = Await.that(
                    () -> Math.round(metrics.value("millrace_edge_sessions_open")) == all - 1,
                    Duration.ofSeconds(30),
                    Overload.LOOK_MS);
            result.complete(
                    "its connection is gone, and no other",
                    gone && crowd.ended().isEmpty(),
                    crowd.ended());
        }
        return result;
    }

    private static double closes(EdgeMetrics metrics) {
        return metrics.value(CLOSES, TOO_SLOW) + metrics.value(CLOSES, NO_ACK);
    }

    private static Phase load(Stage stage, double rate, Duration time, int characters, LongFunction<Errand> errands)
            throws InterruptedException {
        return OpenLoop.start(stage.phase(OpenLoop.operations(rate, time)), rate, characters, errands)
                .join();
    }

    private static void report(Result result, Phase alone, Phase beside, double closedAfter, List<Long> heap) {
        result.figure(
                "written to the session",
                String.format(Locale.ROOT, "%d messages of %d bytes a second", SLOW_RATE, LARGE));
        result.figure("others alone: due → delivered", alone.delivered.summary());
        result.figure("others beside it: due → delivered", beside.delivered.summary());
        result.figure(
                "heap in use before, most while it waits, after",
                Text.mib(heap.get(0)) + ", " + Text.mib(heap.get(1)) + ", " + Text.mib(heap.get(2)));
        result.bounded(
                "it is closed with 4508, or 4408 where little comes, within " + CLOSED.toSeconds() + " s",
                closedAfter >= 0,
                closedAfter < 0 ? "not" : Text.seconds(closedAfter));
        result.bounded(
                "it takes at most " + HEAP_MIB + " MiB of the edge's heap",
                heap.get(1) - heap.get(0) <= HEAP_MIB << 20,
                Text.mib(heap.get(1) - heap.get(0)));
        result.bounded(
                "the others' p99 is at most twice what it was without it",
                beside.delivered.p99() <= Math.max(TIMES * alone.delivered.p99(), alone.delivered.p99() + SLACK_MS),
                "× " + Text.ratio(beside.delivered.p99(), alone.delivered.p99()));
    }
}
