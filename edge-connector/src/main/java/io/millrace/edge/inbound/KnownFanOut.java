package io.millrace.edge.inbound;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** To how many timelines the last event of a conversation went, of those that were asked for of late. Thread-safe. */
final class KnownFanOut {
    /** Both ends of a direct conversation; a group is known after the first decision. */
    static final int UNKNOWN = 2;

    private static final int KEPT = 10_000;

    private final Map<String, Integer> byConversation = Collections.synchronizedMap(new Recent());

    int of(String conversation) {
        return byConversation.getOrDefault(conversation, UNKNOWN);
    }

    void put(String conversation, int entries) {
        byConversation.put(conversation, entries);
    }

    /** Forgets what was not used for longest. */
    private static final class Recent extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > KEPT;
        }
    }
}
