package io.millrace.client.outbox;

/**
 * Keeps a session's commands within the server's rate, so that a burst waits here instead of being refused there: a token
 * bucket that holds one second's worth. Also holds everything while the server asked to wait. Confined to the loop.
 */
final class Pacer {
    private double perMs = 0.05;
    private double capacity = 50;
    private double tokens = capacity;
    private long filledAtMs;
    private long pausedUntilMs;

    void onSession(int perSecond, long nowMs) {
        capacity = Math.max(1, perSecond);
        perMs = capacity / 1000;
        tokens = capacity;
        filledAtMs = nowMs;
        pausedUntilMs = nowMs;
    }

    void pause(long nowMs, long forMs) {
        pausedUntilMs = Math.max(pausedUntilMs, nowMs + forMs);
    }

    /** Takes leave to send one command now: 0, or how many milliseconds to wait before asking again. */
    long take(long nowMs) {
        if (nowMs < pausedUntilMs) {
            return pausedUntilMs - nowMs;
        }
        tokens = Math.min(capacity, tokens + (nowMs - filledAtMs) * perMs);
        filledAtMs = nowMs;
        if (tokens < 1) {
            return Math.max(1, (long) Math.ceil((1 - tokens) / perMs));
        }
        tokens--;
        return 0;
    }
}
