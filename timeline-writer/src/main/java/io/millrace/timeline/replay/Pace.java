package io.millrace.timeline.replay;

import java.util.concurrent.TimeUnit;

/** Holds a rate of records over all threads. Thread-safe. */
final class Pace {
    private final double recordsPerSecond;
    private long freeAtNanos = System.nanoTime();

    /** @param recordsPerSecond 0: as fast as it goes */
    Pace(double recordsPerSecond) {
        this.recordsPerSecond = recordsPerSecond;
    }

    /** Waits until that many records more may be written. */
    void take(int records) throws InterruptedException {
        if (recordsPerSecond > 0) {
            long waitNanos = reserve(records, System.nanoTime());
            if (waitNanos > 0) {
                TimeUnit.NANOSECONDS.sleep(waitNanos);
            }
        }
    }

    /** How long to wait for them; they are counted now. What was not used before is not saved up. */
    synchronized long reserve(int records, long nowNanos) {
        long from = Math.max(freeAtNanos, nowNanos);
        freeAtNanos = from + (long) (records / recordsPerSecond * TimeUnit.SECONDS.toNanos(1));
        return from - nowNanos;
    }
}
