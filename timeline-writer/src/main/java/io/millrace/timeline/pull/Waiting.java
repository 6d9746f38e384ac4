package io.millrace.timeline.pull;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets requests wait for the store without holding a worker: asked again after 20 ms, then ever more slowly, for at most
 * two seconds. More than so many waiting requests are answered with what is there. Thread-safe.
 */
final class Waiting {
    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long FIRST_DELAY_MS = 20;
    private static final long MAX_DELAY_MS = 160;

    private final ScheduledExecutorService timer;
    private final Semaphore places;

    Waiting(ScheduledExecutorService timer, int places) {
        this.timer = timer;
        this.places = new Semaphore(places);
    }

    Turn begin() {
        return new Turn();
    }

    /** The waiting of one request; used by one thread at a time, closed by any. */
    final class Turn {
        private final long began = System.nanoTime();
        private long delayMs = FIRST_DELAY_MS;
        private final AtomicBoolean waits = new AtomicBoolean();
        private boolean full;

        /** Whether the next answer must not ask for more waiting. */
        boolean last() {
            return full || System.nanoTime() - began >= MAX_NANOS;
        }

        /** Runs it after a while; at once, and for the last time, where no place is left. */
        void again(Runnable attempt) {
            if (!waits.get() && !places.tryAcquire()) {
                full = true;
                attempt.run();
                return;
            }
            waits.set(true);
            var unused = timer.schedule(attempt, delayMs, TimeUnit.MILLISECONDS);
            delayMs = Math.min(MAX_DELAY_MS, delayMs * 2);
        }

        /** Gives the place back. */
        void close() {
            if (waits.compareAndSet(true, false)) {
                places.release();
            }
        }
    }
}
