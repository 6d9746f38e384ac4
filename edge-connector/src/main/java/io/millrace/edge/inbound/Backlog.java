package io.millrace.edge.inbound;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many entries may wait: as many as are written in a given time, by what was seen while many waited. A fixed number
 * is a short wait behind a fast router and minutes behind a slow one. A router that writes nothing at all changes
 * nothing: it is away, and what is accepted meanwhile waits for it. {@link #look} is for one thread; the rest is
 * thread-safe.
 */
final class Backlog {
    /** So few are never too many, and say nothing about how fast the router is. */
    static final int FEW = 1000;

    /** So few show how fast the router is; one user or conversation may always have them, and so shows it alone. */
    static final int MANY = FEW / 5;

    /** One part in so many of the most is what a router does in time of which nothing is known. */
    private static final int UNSEEN = 10;

    /** Short enough to notice a load that has just begun, long enough to see several commits of the router. */
    private static final Duration WINDOW = Duration.ofMillis(500);

    private static final double FASTER = 0.5;
    /** A window in which the router came back, or stood still for a moment, is not to count for much. */
    private static final double SLOWER = 0.2;

    private final int most;
    private final double seconds;
    private final LongAdder done = new LongAdder();
    private volatile int bound;
    private volatile int inTime;
    private double perSecond;
    private boolean manyWaited;
    private long sinceNanos;

    /**
     * @param most whatever was seen
     * @param atMost how long the last in the row may wait
     */
    Backlog(int most, Duration atMost) {
        this.most = most;
        this.seconds = atMost.toMillis() / 1e3;
        this.bound = most;
        this.inTime = Math.max(FEW, most / UNSEEN);
    }

    /** How many may wait now. */
    int bound() {
        return bound;
    }

    /** As many as are written in that time, by what was seen; a small number before anything was. */
    int inTime() {
        return inTime;
    }

    void onDone(int entries) {
        done.add(entries);
    }

    /** Looks at what was written since the last time, called several times a second with how many wait. */
    void look(int waiting, long nowNanos) {
        long span = nowNanos - sinceNanos;
        if (span < WINDOW.toNanos()) {
            return;
        }
        double seen = done.sumThenReset() * 1e9 / span;
        if (manyWaited && seen > 0) {
            double weight = seen > perSecond ? FASTER : SLOWER;
            perSecond = perSecond == 0 ? seen : perSecond + weight * (seen - perSecond);
            bound = (int) Math.min(most, Math.max(FEW, perSecond * seconds));
            inTime = bound;
        }
        manyWaited = waiting >= MANY;
        sinceNanos = nowNanos;
    }
}
