package io.millrace.client.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays that double with each failure up to a limit, each drawn from the upper half of its range, so that clients which
 * failed together do not come back together. Not thread-safe.
 */
public final class Backoff {
    private final long firstMs;
    private final long longestMs;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.firstMs = Math.max(1, first.toMillis());
        this.longestMs = Math.max(firstMs, longest.toMillis());
        this.random = random;
    }

    /** Delay after one more failure, in milliseconds. */
    public long nextMs() {
        long ceiling = failures >= 30 ? longestMs : Math.min(longestMs, firstMs << failures);
        failures++;
        return ceiling / 2 + random.nextLong(ceiling - ceiling / 2 + 1);
    }

    /** A delay from the given range, with no regard to earlier failures. */
    public long betweenMs(long atLeast, long atMost) {
        return random.nextLong(atLeast, atMost + 1);
    }

    /** It went well: the next failure is the first one. */
    public void reset() {
        failures = 0;
    }
}
