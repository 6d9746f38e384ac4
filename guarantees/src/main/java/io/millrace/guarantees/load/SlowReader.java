package io.millrace.guarantees.load;

import io.millrace.guarantees.load.OpenLoop.Errand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
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
            LongFunction<Errand> toSlow =
                    number -> new Errand(writers.get((int) (number % WRITERS)), Message.toUser(slow.user()));
            var step = stage.options().step();
            besideFlood(stage, fast, toSlow, step.dividedBy(2), () -> false);

            double closedBefore = closes(metrics);
            var reading = besideFlood(stage, fast, toSlow, step, () -> false);
            slow.deafen();
            var deaf = besideFlood(stage, fast, toSlow, CLOSED, () -> closes(metrics) > closedBefore);
            report(result, reading, deaf);
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

    /** Sends to the one and among the others until the condition holds or the time is over, watching the edge's heap. */
    private static Beside besideFlood(
            Stage stage, List<Device> fast, LongFunction<Errand> toSlow, Duration time, BooleanSupplier over)
            throws IOException, InterruptedException {
        long pid = stage.edge().pid().orElseThrow();
        long before = JvmTools.liveHeapBytes(pid);
        long most = before;
        long began = System.nanoTime();
        var flood = OpenLoop.start(stage.phase(OpenLoop.operations(SLOW_RATE, time)), SLOW_RATE, LARGE, toSlow);
        var talk = OpenLoop.start(
                stage.phase(OpenLoop.operations(FAST_RATE, time)), FAST_RATE, Overload.CHARACTERS, Pairs.of(fast));
        double overAfter = -1;
        while (overAfter < 0 && System.nanoTime() - began < time.toNanos()) {
            most = Math.max(most, JvmTools.liveHeapBytes(pid));
            if (over.getAsBoolean()) {
                overAfter = (System.nanoTime() - began) / 1e9;
            }
        }
        flood.stop();
        flood.join();
        talk.stop();
        return new Beside(talk.join(), overAfter, before, most, JvmTools.liveHeapBytes(pid));
    }

    private static void report(Result result, Beside reading, Beside deaf) {
        var alone = reading.others().delivered;
        var beside = deaf.others().delivered;
        result.figure(
                "written to the session",
                String.format(Locale.ROOT, "%d messages of %d bytes a second", SLOW_RATE, LARGE));
        result.figure("others while it reads: due → delivered", alone.summary());
        result.figure("others while it does not: due → delivered", beside.summary());
        result.figure(
                "heap in use before, most while it waits, after",
                Text.mib(deaf.heapBefore()) + ", " + Text.mib(deaf.heapMost()) + ", " + Text.mib(deaf.heapAfter()));
        result.bounded(
                "it is closed with 4508, or 4408 where little comes, within " + CLOSED.toSeconds() + " s",
                deaf.overAfter() >= 0,
                deaf.overAfter() < 0 ? "not" : Text.seconds(deaf.overAfter()));
        result.bounded(
                "it takes at most " + HEAP_MIB + " MiB of the edge's heap",
                deaf.heapMost() - deaf.heapBefore() <= HEAP_MIB << 20,
                Text.mib(deaf.heapMost() - deaf.heapBefore()));
        result.bounded(
                "the others' p99 is at most twice what it is while it reads",
                beside.p99() <= Math.max(TIMES * alone.p99(), alone.p99() + SLACK_MS),
                "× " + Text.ratio(beside.p99(), alone.p99()));
    }

    /**
     * What the others had meanwhile.
     *
     * @param overAfter seconds until the condition held, -1 if it did not
     * @param heapBefore bytes of the edge's heap after a collection
     */
    private record Beside(Phase others, double overAfter, long heapBefore, long heapMost, long heapAfter) {}
}
