package io.millrace.guarantees.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Looks for the most that a machine bears, the generator being on it too: messages a second at which nothing is refused
 * and the slowest hundredth is delivered within a second.
 */
final class Ceiling {
    private static final int FIRST = 50;
    private static final double STEP = 1.5;
    private static final int MOST = 50_000;
    private static final double DELIVERED_WITHIN_MS = 1000;
    private static final Duration SETTLING = Duration.ofSeconds(60);
    /** So that the JVMs have compiled what is hot before anything counts. */
    private static final int WARM_UP_RATE = 100;

    private final Stage stage;
    private final List<Device> devices;
    private final Duration step;

    Ceiling(Stage stage, List<Device> devices) {
        this.stage = stage;
        this.devices = devices;
        this.step = stage.options().step().dividedBy(3);
    }

    /** Messages a second. */
    int find() throws InterruptedException {
        offer(WARM_UP_RATE, step.multipliedBy(4));
        double borne = FIRST;
        for (double rate = FIRST; rate <= MOST; rate *= STEP) {
            var phase = offer(rate, step);
            boolean bears = phase.delivered.count() >= phase.operations()
                    && phase.delivered.p99() <= DELIVERED_WITHIN_MS
                    && phase.refusedCount() + phase.unknownCount() == 0;
            stage.say(String.format(
                    Locale.ROOT,
                    "  %6.0f a second: delivered %s, refused %d%s",
                    rate,
                    phase.delivered.summary(),
                    phase.refusedCount(),
                    bears ? "" : ": too much"));
            if (!bears) {
                break;
            }
            borne = rate;
        }
        return (int) borne;
    }

    private Phase offer(double rate, Duration time) throws InterruptedException {
        var phase = stage.phase(OpenLoop.operations(rate, time));
        OpenLoop.start(phase, rate, Overload.CHARACTERS, Pairs.of(devices)).join();
        Await.that(
                () -> phase.open() == 0 && phase.delivered.count() >= phase.postedCount(), SETTLING, Overload.LOOK_MS);
        return phase;
    }
}
