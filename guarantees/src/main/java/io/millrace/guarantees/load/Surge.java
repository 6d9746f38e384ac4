package io.millrace.guarantees.load;

import io.millrace.guarantees.load.OpenLoop.Errand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Stretches of load beyond what is borne, one after the other, each until service is normal again. For one thread. */
final class Surge {
    private static final Duration DECISIONS = Duration.ofMinutes(3);
    private static final Duration NORMAL = Duration.ofSeconds(30);
    private static final double REFUSED_WITHIN_MS = 1000;
    /** {@code commands.waitAtMost}, and as much again until the edge has noticed how fast the router is. */
    private static final double DECIDED_WITHIN_MS = 6000;
    /** What a stretch may take more than the first one: it is not the load that memory follows. */
    private static final long GROWTH_MIB = 64;

    private final Stage stage;
    private final Crowd crowd;
    private final Calm calm;
    private final Result result;
    private final Map<String, Long> firstResidentMib = new TreeMap<>();

    Surge(Stage stage, Crowd crowd, Calm calm, Result result) {
        this.stage = stage;
        this.crowd = crowd;
        this.calm = calm;
        this.result = result;
    }

    /** @param name begins every line about it */
    Phase run(LongFunction<Errand> errands, double rate, String name) throws IOException, InterruptedException {
        crowd.resetCounts();
        var phase = stage.phase(OpenLoop.operations(rate, stage.options().step()));
        var watches = new ArrayList<MemoryWatch>();
        try {
            for (var part : stage.services()) {
                watches.add(MemoryWatch.of(part));
            }
            var loop = OpenLoop.start(phase, rate, Overload.CHARACTERS, errands);
            loop.join();
            long fell = System.nanoTime();
            double normalSeconds = calm.awaitNormal(fell, NORMAL.multipliedBy(4));
            boolean decided = Await.that(() -> phase.open() == 0, DECISIONS, Overload.LOOK_MS);
            figures(name, phase, loop.worstDelayMs());
            memory(name, watches);
            promises(name, phase, decided, normalSeconds);
        } finally {
            for (var watch : watches) {
                watch.close();
            }
        }
        return phase;
    }

    private void figures(String name, Phase phase, double worstDelayMs) {
        double seconds = stage.options().step().toMillis() / 1e3;
        result.figure(
                name + ": offered, accepted, refused, unknown",
                String.format(
                        Locale.ROOT,
                        "%.0f, %.0f, %.0f, %.0f a second (sending at worst %.0f ms late)",
                        phase.sent() / seconds,
                        phase.acceptedCount() / seconds,
                        phase.refusedCount() / seconds,
                        phase.unknownCount() / seconds,
                        worstDelayMs));
        result.figure(name + ": refused as", phase.refusals());
        result.figure(name + ": due → refused", phase.refused.summary());
        result.figure(name + ": due → accepted", phase.accepted.summary());
        result.figure(name + ": accepted → decided", phase.decided.summary());
        result.figure(name + ": due → delivered", phase.delivered.summary());
        result.figure(name + ": sessions ended (by code)", crowd.ended());
    }

    private void memory(String name, List<MemoryWatch> watches) {
        for (var watch : watches) {
            long resident = watch.mostResidentMib();
            result.figure(
                    name + ": memory of " + watch.part(),
                    "heap most " + watch.mostHeapMib() + " MiB, resident most " + resident + " MiB");
            var first = firstResidentMib.putIfAbsent(watch.part(), resident);
            if (first != null) {
                result.bounded(
                        name + ": " + watch.part() + " takes at most " + GROWTH_MIB + " MiB more than before",
                        resident - first <= GROWTH_MIB,
                        first + " MiB, " + resident + " MiB");
            }
        }
    }

    private void promises(String name, Phase phase, boolean decided, double normalSeconds) {
        result.bounded(
                name + ": what is refused is refused within " + Text.ms(REFUSED_WITHIN_MS) + " (p99)",
                phase.refused.p99() <= REFUSED_WITHIN_MS,
                Text.ms(phase.refused.p99()));
        result.complete(
                name + ": every refusal says when to come again",
                phase.refusedWithoutTime() == 0,
                phase.refusedWithoutTime() + " do not");
        result.bounded(
                name + ": what is accepted is decided within " + Text.ms(DECIDED_WITHIN_MS) + " (p99)",
                phase.decided.p99() <= DECIDED_WITHIN_MS,
                Text.ms(phase.decided.p99()));
        result.complete(name + ": everything accepted is decided", decided, phase.open() + " open");
        result.bounded(
                name + ": service is normal again within " + NORMAL.toSeconds() + " s after the load falls",
                normalSeconds >= 0 && normalSeconds <= NORMAL.toSeconds(),
                normalSeconds < 0 ? "never" : Text.seconds(normalSeconds));
    }
}
