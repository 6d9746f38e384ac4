package io.millrace.guarantees.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Many sessions that do nothing: what each costs the edge, and how they come back when all are cut at once. */
final class IdleSessions implements Scenario {
    private static final int CONNECTS_A_SECOND = 2000;
    private static final int WARM_UP = 200;
    private static final Duration OPENING = Duration.ofMinutes(3);
    /** A client that failed until then waits 30 s at most for its next attempt; two of those. */
    private static final Duration RETURN = Duration.ofSeconds(60);

    private static final double HEAP_KIB = 16;
    private static final double RESIDENT_KIB = 40;
    private static final long LOOK_MS = 50;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String description() {
        return "sessions that do nothing: memory of each, and all of them cut at once";
    }

    @Override
    public Result run(Stage stage) throws IOException, InterruptedException {
        var result = new Result(name());
        stage.freshEdge();
        warmUp(stage);
        long pid = stage.edge().pid().orElseThrow();
        long heapBefore = JvmTools.liveHeapBytes(pid);
        long residentBefore = Resident.mib(pid);
        int count = stage.options().idleSessions();
        try (var crowd = stage.crowd();
                var memory = MemoryWatch.of(stage.edge())) {
            var devices = crowd.add("idle", count, stage.place());
            long began = System.nanoTime();
            Crowd.startAt(devices, CONNECTS_A_SECOND);
            boolean all = crowd.awaitOpen(count, OPENING);
            double seconds = (System.nanoTime() - began) / 1e9;
            result.figure("sessions", count);
            result.figure("all open after", Text.seconds(seconds) + ", " + Math.round(count / seconds) + " a second");
            result.figure("connection to welcome", crowd.welcomes().summary());
            result.figure("turned away meanwhile (by answer)", crowd.turnedAway());
            result.complete("every session is answered with welcome", all, crowd.openCount() + " of " + count);

            crowd.resetCounts();
            TimeUnit.MILLISECONDS.sleep(stage.options().step().toMillis());
            result.bounded(
                    "no session ends while it is idle",
                    crowd.ended().isEmpty(),
                    crowd.ended() + " in " + stage.options().step().toSeconds() + " s");
            long heapOpen = JvmTools.liveHeapBytes(pid);
            long residentOpen = Resident.mib(pid);
            costs(result, count, heapBefore, heapOpen, residentBefore, residentOpen);

            storm(stage, crowd, count, result);
            long heapAfter = JvmTools.liveHeapBytes(pid);
            result.figure(
                    "heap after the storm",
                    Text.mib(heapAfter) + ", most meanwhile " + memory.mostHeapMib() + " MiB; resident most "
                            + memory.mostResidentMib() + " MiB");
            result.bounded(
                    "the storm leaves nothing behind in the heap",
                    heapAfter < heapOpen + (heapOpen - heapBefore) / 4 + (8L << 20),
                    Text.mib(heapOpen) + " before, " + Text.mib(heapAfter) + " after");
        }
        return result;
    }

    /** So that classes, buffers and compiled code do not count as sessions. */
    private static void warmUp(Stage stage) throws IOException, InterruptedException {
        try (var crowd = stage.crowd()) {
            Crowd.startAt(crowd.add("warm", WARM_UP, stage.place()), CONNECTS_A_SECOND);
            crowd.awaitOpen(WARM_UP, OPENING);
        }
        awaitSessions(stage, 0);
    }

    private static boolean awaitSessions(Stage stage, int count) throws InterruptedException {
        var metrics = stage.metrics();
        return Await.that(() -> Math.round(metrics.value("millrace_edge_sessions_open")) == count, RETURN, LOOK_MS * 4);
    }

    private static void costs(
            Result result, int count, long heapBefore, long heapOpen, long residentBefore, long residentOpen) {
        double heapKib = (heapOpen - heapBefore) / 1024.0 / count;
        double residentKib = (residentOpen - residentBefore) * 1024.0 / count;
        result.figure("heap in use after a collection", Text.mib(heapBefore) + " → " + Text.mib(heapOpen));
        result.figure("resident memory", residentBefore + " MiB → " + residentOpen + " MiB");
        result.bounded(
                String.format(Locale.ROOT, "a session takes at most %.0f KiB of the heap", HEAP_KIB),
                heapKib <= HEAP_KIB,
                String.format(Locale.ROOT, "%.1f KiB", heapKib));
        result.bounded(
                String.format(Locale.ROOT, "a session takes at most %.0f KiB of resident memory", RESIDENT_KIB),
                residentKib <= RESIDENT_KIB,
                String.format(Locale.ROOT, "%.1f KiB", residentKib));
    }

    private static void storm(Stage stage, Crowd crowd, int count, Result result) throws InterruptedException {
        crowd.resetCounts();
        long cut = System.nanoTime();
        crowd.devices().forEach(Device::cut);
        Await.that(
                () -> crowd.ended().values().stream().mapToLong(Long::longValue).sum() >= count, RETURN, 1);
        boolean half = crowd.awaitOpen(count / 2, RETURN);
        double halfSeconds = (System.nanoTime() - cut) / 1e9;
        boolean all = crowd.awaitOpen(count, RETURN.minusNanos(System.nanoTime() - cut));
        double seconds = (System.nanoTime() - cut) / 1e9;
        result.figure(
                "all cut at once: half back, all back",
                (half ? Text.seconds(halfSeconds) : "never") + ", " + (all ? Text.seconds(seconds) : "never"));
        result.figure("connection to welcome in the storm", crowd.welcomes().summary());
        result.figure("turned away in the storm (by answer)", crowd.turnedAway());
        result.bounded(
                "all are back within " + RETURN.toSeconds() + " s after all were cut at once",
                all,
                crowd.openCount() + " of " + count + " after " + Text.seconds(seconds));
        result.complete(
                "who is turned away by HTTP is told when to come again",
                crowd.turnedAwayWithoutTime() == 0,
                crowd.turnedAwayWithoutTime() + " were not");
        boolean settled = awaitSessions(stage, count);
        result.complete("the edge holds as many sessions as there are devices", settled, count);
    }
}
