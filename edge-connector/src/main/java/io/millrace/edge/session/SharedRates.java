package io.millrace.edge.session;

import io.millrace.schemas.id.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rates of commands that all sessions and HTTP requests of a user, and all users of this edge, share. Thread-safe. */
public final class SharedRates {
    private final SessionLimits limits;
    private final TokenBucket edge;
    private final Map<UserId, TokenBucket> users = new ConcurrentHashMap<>();

    public SharedRates(SessionLimits limits, long nowNanos) {
        this.limits = limits;
        this.edge = new TokenBucket(limits.sendsPerSecondPerEdge(), limits.sendsPerSecondPerEdge(), nowNanos);
    }

    /** 0 if a command of that user may pass, else the milliseconds to wait. */
    public long take(UserId user, long nowNanos) {
        var bucket = users.computeIfAbsent(
                user,
                u -> new TokenBucket(limits.sendsPerSecondPerUser(), 2.0 * limits.sendsPerSecondPerUser(), nowNanos));
        long wait = bucket.take(nowNanos);
        if (wait > 0) {
            return wait;
        }
        wait = edge.take(nowNanos);
        if (wait > 0) {
            bucket.giveBack();
        }
        return wait;
    }

    /** Forgets users who have been quiet: a full bucket is as good as none. */
    void sweep(long nowNanos) {
        users.values().removeIf(bucket -> bucket.isFull(nowNanos));
    }
}
