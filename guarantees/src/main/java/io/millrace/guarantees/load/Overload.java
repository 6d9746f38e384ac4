package io.millrace.guarantees.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Twice and five times what the machine bears, open loop: what is too much is refused early and with a time, what was
 * accepted is decided once, memory stays bounded, and service is normal again soon after the load falls.
 */
final class Overload implements Scenario {
    static final int CHARACTERS = 120;
    static final long LOOK_MS = 200;

    private static final List<Integer> TIMES = List.of(2, 5);
    private static final Duration OPENING = Duration.ofMinutes(1);
    private static final long HEAP_LEFT_MIB = 16;
    private static final int CONNECTS_A_SECOND = 500;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String description() {
        return "twice and five times what the machine bears: refusals, memory, return to normal, every decision once";
    }

    @Override
    public Result run(Stage stage) throws IOException, InterruptedException {
        var result = new Result(name());
        stage.freshEdge();
        try (var crowd = stage.crowd()) {
            int count = stage.options().busySessions();
            var devices = crowd.add("busy", count, stage.place());
            Crowd.startAt(devices, CONNECTS_A_SECOND);
            result.complete("every session is open", crowd.awaitOpen(count, OPENING), crowd.openCount());
            int ceiling = stage.options().ceiling();
            if (ceiling == 0) {
                ceiling = new Ceiling(stage, devices).find();
            }
            result.figure("borne: nothing refused, p99 delivered within 1 s", ceiling + " messages a second");
            result.figure("sessions that send", count);
            var calm = new Calm(stage, devices, Math.max(5, ceiling / 5.0));
            calm.settle();
            calm.measure();
            result.figure("normal, at a fifth of that: accepted → posted", calm.decided());
            result.figure("normal, at a fifth of that: due → delivered", calm.delivered());
            long heapBefore = JvmTools.liveHeapBytes(stage.edge().pid().orElseThrow());
            var phases = new ArrayList<Phase>();
            var surge = new Surge(stage, crowd, calm, result);
            for (int times : TIMES) {
                phases.add(surge.run(Pairs.of(devices), (double) ceiling * times, times + "×"));
            }
            long heapAfter = JvmTools.liveHeapBytes(stage.edge().pid().orElseThrow());
            result.bounded(
                    "the edge's heap is again what it was, within " + HEAP_LEFT_MIB + " MiB",
                    heapAfter - heapBefore <= HEAP_LEFT_MIB << 20,
                    Text.mib(heapBefore) + " before, " + Text.mib(heapAfter) + " after");
            phases.addAll(calm.phases());
            judge(stage, phases, result);
        }
        return result;
    }

    private static void judge(Stage stage, List<Phase> phases, Result result) {
        var logged = stage.logged();
        int accepted = phases.stream().mapToInt(Phase::acceptedCount).sum();
        int posted = phases.stream().mapToInt(Phase::postedCount).sum();
        int twice = phases.stream().mapToInt(Phase::saidTwice).sum();
        int lost = 0;
        int doubled = 0;
        int phantoms = 0;
        for (var phase : phases) {
            var found = phase.against(logged);
            lost += found.lost();
            doubled += found.doubled();
            phantoms += found.phantoms();
        }
        result.figure("accepted, posted, in the log", accepted + ", " + posted + ", " + logged.size());
        result.complete("no device is told twice, or two things", twice == 0, twice + " were");
        result.complete(
                "what was accepted is in the log once, and what was refused is not",
                accepted > 0 && lost + doubled + phantoms == 0,
                lost + " lost, " + doubled + " doubled, " + phantoms + " refused and yet there");
    }
}
