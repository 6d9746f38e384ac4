package io.millrace.guarantees.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A low rate at which service is normal: measured once, and then waited for after a load. For one thread. */
final class Calm {
    private static final Duration WINDOW = Duration.ofSeconds(2);
    /** Of a window: so that one slow message of few is no return to abnormal. */
    private static final double FACTOR = 2;

    private static final double SLACK_MS = 100;
    /** A window whose messages did not arrive by then is not normal; the next one begins. */
    private static final Duration ARRIVAL = Duration.ofSeconds(2);

    private static final int IN_A_ROW = 2;

    private final Stage stage;
    private final List<Device> devices;
    private final double rate;
    private final List<Phase> phases = new ArrayList<>();
    private Latency decided = new Latency();
    private Latency delivered = new Latency();

    Calm(Stage stage, List<Device> devices, double rate) {
        this.stage = stage;
        this.devices = devices;
        this.rate = rate;
    }

    /** Lets what came before pass. */
    void settle() throws InterruptedException {
        window(WINDOW);
    }

    void measure() throws InterruptedException {
        var phase = window(stage.options().step());
        decided = phase.decided;
        delivered = phase.delivered;
    }

    String decided() {
        return decided.summary();
    }

    String delivered() {
        return delivered.summary();
    }

    List<Phase> phases() {
        return phases;
    }

    /** Seconds from that instant to the begin of the first of two normal windows in a row; negative if there was none. */
    double awaitNormal(long fromNanos, Duration within) throws InterruptedException {
        int normal = 0;
        double since = -1;
        while (System.nanoTime() - fromNanos < within.toNanos()) {
            double began = (System.nanoTime() - fromNanos) / 1e9;
            if (isNormal(window(WINDOW))) {
                since = normal == 0 ? began : since;
                normal++;
                if (normal == IN_A_ROW) {
                    return since;
                }
            } else {
                normal = 0;
            }
        }
        return -1;
    }

    private boolean isNormal(Phase phase) {
        return phase.open() == 0
                && phase.postedCount() == phase.operations()
                && phase.delivered.count() >= phase.postedCount()
                && phase.decided.p99() <= Math.max(FACTOR * decided.p99(), decided.p99() + SLACK_MS)
                && phase.delivered.p99() <= Math.max(FACTOR * delivered.p99(), delivered.p99() + SLACK_MS);
    }

    private Phase window(Duration time) throws InterruptedException {
        var phase = stage.phase(OpenLoop.operations(rate, time));
        phases.add(phase);
        OpenLoop.start(phase, rate, Overload.CHARACTERS, Pairs.of(devices)).join();
        Await.that(
                () -> phase.open() == 0 && phase.delivered.count() >= phase.postedCount(), ARRIVAL, Overload.LOOK_MS);
        return phase;
    }
}
