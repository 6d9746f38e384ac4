package io.millrace.guarantees.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Sends so many messages a second whatever the answers are, on a thread of its own. Each has an instant at which it is
 * due, and what it takes is counted from then: who is late with sending does not make the server look fast.
 */
final class OpenLoop {
    private final Phase phase;
    private final double perSecond;
    private final int characters;
    private final LongFunction<Errand> errands;
    private final Thread thread;
    private volatile long worstDelayNanos;
    private volatile boolean stopped;

    /** Who sends to whom; {@code to} as {@link Message} has it. */
    record Errand(Device from, String to) {}

    private OpenLoop(Phase phase, double perSecond, int characters, LongFunction<Errand> errands) {
        this.phase = phase;
        this.perSecond = perSecond;
        this.characters = characters;
        this.errands = errands;
        this.thread = new Thread(this::run, "open-loop");
        this.thread.setDaemon(true);
    }

    /** How many operations that is. */
    static int operations(double perSecond, Duration time) {
        return (int) Math.max(1, Math.round(perSecond * time.toMillis() / 1000));
    }

    /** Begins at once and ends when every operation of the phase was due. */
    static OpenLoop start(Phase phase, double perSecond, int characters, LongFunction<Errand> errands) {
        var loop = new OpenLoop(phase, perSecond, characters, errands);
        loop.thread.start();
        return loop;
    }

    private void run() {
        double interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long began = System.nanoTime();
        for (int i = 0; i < phase.operations() && !stopped; i++) {
            long due = began + (long) (i * interval);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            worstDelayNanos = Math.max(worstDelayNanos, System.nanoTime() - due);
            long operation = phase.first() + i;
            var errand = errands.apply(i);
            phase.onSent(operation, due);
            errand.from().send(new Message(operation, errand.to(), characters));
        }
    }

    /** Sends no more. */
    void stop() {
        stopped = true;
    }

    /** Waits until the last message was sent. */
    Phase join() throws InterruptedException {
        thread.join();
        return phase;
    }

    /** How late it was with sending at worst: much of that is a generator that the machine does not bear. */
    double worstDelayMs() {
        return worstDelayNanos / 1e6;
    }
}
