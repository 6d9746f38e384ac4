package io.millrace.edge.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets one typing signal of a session through per conversation and three seconds. Confined to the session's I/O thread. */
final class TypingPace {
    private static final long PERIOD_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int MOST_CONVERSATIONS = 16;

    private final Map<String, Long> lastNanos = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_CONVERSATIONS;
        }
    };

    boolean take(String conversation, long nowNanos) {
        var last = lastNanos.get(conversation);
        if (last != null && nowNanos - last < PERIOD_NANOS) {
            return false;
        }
        lastNanos.put(conversation, nowNanos);
        return true;
    }
}
