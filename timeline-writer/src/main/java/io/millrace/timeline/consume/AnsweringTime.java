package io.millrace.timeline.consume;

import java.time.Duration;

/**
 * Time that passes only while the store answers. A store that acknowledged a write and was killed before it synced its
 * log does not settle the write by being away for long. Monotonic, nanoseconds; thread-safe.
 */
public final class AnsweringTime {
    /** Between two answers no more than this counts. */
    static final long GAP_NANOS = Duration.ofSeconds(2).toNanos();

    private long lastAnswerNanos;
    private long passed;

    /** Begins with a store that is there. */
    public AnsweringTime(long nowNanos) {
        lastAnswerNanos = nowNanos;
    }

    /** The store answered. */
    public synchronized void answered(long nowNanos) {
        passed += sinceLastAnswer(nowNanos);
        lastAnswerNanos = Math.max(lastAnswerNanos, nowNanos);
    }

    /** What had passed at the last answer: until then the store was there. */
    public synchronized long proved() {
        return passed;
    }

    /** What has passed at most. */
    public synchronized long at(long nowNanos) {
        return passed + sinceLastAnswer(nowNanos);
    }

    private long sinceLastAnswer(long nowNanos) {
        return Math.max(0, Math.min(GAP_NANOS, nowNanos - lastAnswerNanos));
    }
}
