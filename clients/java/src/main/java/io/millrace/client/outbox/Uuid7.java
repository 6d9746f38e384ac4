package io.millrace.client.outbox;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562, method 1 with a 12-bit counter): each is greater than the one before, also when the clock
 * stands still or goes back. Thread-safe.
 */
public final class Uuid7 {
    private static final int COUNTER_LIMIT = 1 << 12;

    private final LongSupplier clockMs;
    private final RandomGenerator random;
    private long lastMs;
    private int counter;

    public Uuid7(LongSupplier clockMs) {
        this(clockMs, new SecureRandom());
    }

    Uuid7(LongSupplier clockMs, RandomGenerator random) {
        this.clockMs = clockMs;
        this.random = random;
    }

    /** The next one, in the usual 36 characters. */
    public synchronized String next() {
        long now = clockMs.getAsLong();
        if (now > lastMs) {
            lastMs = now;
            // Begins low, so that the counter has room before the next millisecond.
            counter = random.nextInt(COUNTER_LIMIT / 2);
        } else if (++counter == COUNTER_LIMIT) {
            lastMs++;
            counter = 0;
        }
        long high = (lastMs << 16) | 0x7000L | counter;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
