package io.millrace.webhooks.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt: doubled with each, up to a longest, and anywhere in its upper half. */
public final class Backoff {
    private static final int DOUBLINGS = 30;

    private final long firstMs;
    private final long longestMs;
    private final DoubleSupplier random;

    /** @param random from 0 to below 1 */
    public Backoff(Duration first, Duration longest, DoubleSupplier random) {
        this.firstMs = first.toMillis();
        this.longestMs = longest.toMillis();
        this.random = random;
    }

    /** @param failures how many attempts have failed, at least 1 */
    public Duration after(int failures) {
        long full = Math.min(longestMs, firstMs << Math.min(failures - 1, DOUBLINGS));
        return Duration.ofMillis(full / 2 + (long) (random.getAsDouble() * (full - full / 2)));
    }
}
