package io.millrace.guarantees.prove;

import io.millrace.guarantees.check.Liveness.Delay;
import io.millrace.guarantees.fault.Fault;
import io.millrace.guarantees.fault.Scene;
import io.millrace.guarantees.history.Journal;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.report.FaultTime;
import io.millrace.guarantees.workload.Fleet;
import io.millrace.guarantees.workload.Http;
import io.millrace.guarantees.workload.Recorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Injects one fault after the other in an order from the seed, and waits for progress in between. */
final class Nemesis {
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(90);
    /** So that there is something to break. */
    private static final long WARM_UP_MS = 5_000;

    private static final long PAUSE_MS = 2_000;
    private static final long LOOK_MS = 100;

    private final Scene scene;
    private final Supervisor supervisor;
    private final Fleet fleet;
    private final Recorder recorder;
    private final Journal journal;
    private final Http somebody;
    private final PrintWriter out;
    private final List<FaultTime> times = new ArrayList<>();
    private final List<Delay> delays = new ArrayList<>();

    Nemesis(Scene scene, Supervisor supervisor, Recorder recorder, PrintWriter out) {
        this.scene = scene;
        this.supervisor = supervisor;
        this.fleet = scene.fleet();
        this.recorder = recorder;
        this.journal = recorder.journal("faults");
        this.somebody = new Http(
                Http.client(), scene.doors().get(0).url(), fleet.users().get(0));
        this.out = out;
    }

    /** Every fault in turn, each once before any a second time, until the time is over; at least one. */
    void run(List<Fault> faults, Duration load) throws InterruptedException {
        long deadline = recorder.nowNs() + load.toNanos();
        var turn = new ArrayList<Fault>();
        TimeUnit.MILLISECONDS.sleep(WARM_UP_MS);
        while (!faults.isEmpty() && delays.isEmpty() && (times.isEmpty() || recorder.nowNs() < deadline)) {
            if (turn.isEmpty()) {
                turn.addAll(faults);
                Collections.shuffle(turn, scene.random());
            }
            strike(turn.remove(0));
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        long left = deadline - recorder.nowNs();
        if (delays.isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private void strike(Fault fault) throws InterruptedException {
        long injected = moment(fault, "injected");
        boolean healed = false;
        try {
            fault.inject(scene);
            TimeUnit.MILLISECONDS.sleep(fault.hold().toMillis());
            fault.heal(scene);
            healed = true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // whatever a deed upon a stack throws is a finding, and the run is judged all the same
            delays.add(new Delay("fault " + fault.name(), "could not be ended: " + e.getMessage()));
        }
        long healedNs = moment(fault, "healed");
        boolean recovered = healed && awaitProgress();
        long recoveredNs = recovered ? moment(fault, "recovered") : -1;
        var time = new FaultTime(
                fault.name(),
                fault.matrix(),
                fault.description(),
                fault.where(),
                injected,
                healedNs,
                recoveredNs,
                supervisor.ended());
        times.add(time);
        if (!fault.endsParts() && !time.ended().isEmpty()) {
            delays.add(new Delay("fault " + fault.name(), "ended parts by itself: " + time.ended()));
        }
        if (!recovered) {
            delays.add(new Delay("fault " + fault.name(), "no recovery within " + RECOVERY_LIMIT.toSeconds() + " s"));
        }
        out.printf(
                Locale.ROOT,
                "  %6.1f s  %-24s %-8s %-22s %s%n",
                injected / 1e9,
                fault.name(),
                fault.matrix(),
                fault.where(),
                recovered
                        ? String.format(Locale.ROOT, "recovered %.1f s after its end", time.recoverySeconds())
                        : "DID NOT RECOVER");
        out.flush();
    }

    /** Waits until all that was asked so far is decided, every device is back, and timelines are served. */
    private boolean awaitProgress() throws InterruptedException {
        long through = recorder.lastOp();
        long deadline = recorder.nowNs() + RECOVERY_LIMIT.toNanos();
        while (!(supervisor.allReady() && fleet.isOpen() && fleet.isDecidedThrough(through) && isServed())) {
            if (recorder.nowNs() > deadline) {
                return false;
            }
            supervisor.look();
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return true;
    }

    private boolean isServed() throws InterruptedException {
        try {
            return somebody.call("GET", "/v1/timeline?limit=1&after=0", null).status() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private long moment(Fault fault, String moment) {
        long now = recorder.nowNs();
        journal.write(new Line.FaultMoment(fault.name(), moment, now));
        return now;
    }

    List<FaultTime> times() {
        return times;
    }

    List<Delay> delays() {
        return delays;
    }
}
