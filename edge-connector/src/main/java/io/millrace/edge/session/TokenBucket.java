package io.millrace.edge.session;

/** A rate with a burst. Time is given in from outside, in nanoseconds of any monotonic clock. Thread-safe. */
public final class TokenBucket {
    private final double perNano;
    private final double burst;
    private double tokens;
    private long updatedNanos;

    public TokenBucket(double perSecond, double burst, long nowNanos) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.tokens = burst;
        this.updatedNanos = nowNanos;
    }

    /** Takes one token and returns 0, or takes none and returns after how many milliseconds, at least 1, there is one. */
    public synchronized long take(long nowNanos) {
        refill(nowNanos);
        if (tokens >= 1) {
            tokens -= 1;
            return 0;
        }
        // The small step back keeps rounding of fractions from adding a millisecond.
        return Math.max(1, (long) Math.ceil((1 - tokens) / perNano / 1e6 - 1e-6));
    }

    /** Gives a token back that was taken and not used. */
    public synchronized void giveBack() {
        tokens = Math.min(burst, tokens + 1);
    }

    /** Whether it is as good as a new one. */
    synchronized boolean isFull(long nowNanos) {
        refill(nowNanos);
        return tokens >= burst;
    }

    private void refill(long nowNanos) {
        if (nowNanos > updatedNanos) {
            tokens = Math.min(burst, tokens + (nowNanos - updatedNanos) * perNano);
            updatedNanos = nowNanos;
        }
    }
}
