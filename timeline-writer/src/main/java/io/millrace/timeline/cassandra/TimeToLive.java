package io.millrace.timeline.cassandra;

/** How long Cassandra keeps the body of a message that ends. */
final class TimeToLive {
    /** As Cassandra says it. */
    static final int FOR_EVER = 0;
    /** The end has passed: there is nothing to be kept. */
    static final int OVER = -1;

    /** What Cassandra takes at most: 20 years. */
    private static final long MOST = 630_720_000;

    private TimeToLive() {}

    /**
     * Seconds from now on. A cell ends at a whole second, counted from the whole second in which it is written; so the
     * body is gone within a second after its end, and never before it.
     *
     * @param expiresAtMs 0 for no end
     */
    static int seconds(long expiresAtMs, long nowMs) {
        if (expiresAtMs == 0) {
            return FOR_EVER;
        }
        return expiresAtMs <= nowMs
                ? OVER
                : (int) Math.min(MOST, -Math.floorDiv(-expiresAtMs, 1000L) - Math.floorDiv(nowMs, 1000L));
    }
}
