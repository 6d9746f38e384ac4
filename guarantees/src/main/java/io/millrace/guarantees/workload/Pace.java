package io.millrace.guarantees.workload;

import java.util.concurrent.TimeUnit;

/**
 * Lets a fleet act at a rate that does not depend on how quickly it is answered (open loop): what a stall keeps from being
 * answered is asked all the same. Thread-safe.
 */
public final class Pace implements AutoCloseable {
    private final Fleet fleet;
    private final int perSecond;
    private final Thread thread;
    private volatile int factor = 1;
    private volatile boolean over;

    /** Begins at once. */
    public Pace(Fleet fleet, int perSecond) {
        this.fleet = fleet;
        this.perSecond = perSecond;
        this.thread = new Thread(this::run, "pace");
        thread.setDaemon(true);
        thread.start();
    }

    /** Multiplies the rate from now on. */
    public void times(int n) {
        factor = n;
    }

    private void run() {
        long next = System.nanoTime();
        try {
            while (!over) {
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                fleet.act();
                next += TimeUnit.SECONDS.toNanos(1) / ((long) perSecond * factor);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it; when this returns, nothing new is asked. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
