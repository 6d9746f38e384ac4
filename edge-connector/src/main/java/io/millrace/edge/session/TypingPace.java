package io.millrace.edge.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets one typing signal of a session through per conversation and three seconds, to a bounded number of conversations
 * in that time: nobody writes in more, and a signal costs the router as much as a message. Confined to the session's I/O
 * thread.
 */
final class TypingPace {
    private static final long PERIOD_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int MOST_CONVERSATIONS = 16;

    private final Map<String, Long> lastNanos = new HashMap<>();

    boolean take(String conversation, long nowNanos) {
        lastNanos.values().removeIf(last -> nowNanos - last >= PERIOD_NANOS);
        if (lastNanos.size() >= MOST_CONVERSATIONS) {
            return false;
        }
        return lastNanos.putIfAbsent(conversation, nowNanos) == null;
    }
}
