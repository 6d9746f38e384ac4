package io.millrace.timeline.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which event of a shadow is which of the live log. After the first decision that differs, a conversation has other
 * versions in the shadow; by this an event goes on to be compared with its like. Takes little memory where they agree.
 */
final class EventPairs {
    private final Map<String, Conversation> conversations = new HashMap<>();

    private static final class Conversation {
        private final Range live = new Range();
        private final Range shadow = new Range();
        private final Map<Long, Long> moved = new HashMap<>();
        private final Set<Long> onlyLive = new HashSet<>();
        private final Set<Long> onlyShadow = new HashSet<>();
    }

    private static final class Range {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        private void take(long version) {
            first = Math.min(first, version);
            last = Math.max(last, version);
        }

        private boolean has(long version) {
            return version >= first && version <= last;
        }
    }

    void pair(String conversation, long live, long shadow) {
        var of = of(conversation);
        of.live.take(live);
        of.shadow.take(shadow);
        if (live != shadow) {
            of.moved.put(shadow, live);
        }
    }

    void onlyLive(String conversation, long version) {
        of(conversation).live.take(version);
        of(conversation).onlyLive.add(version);
    }

    void onlyShadow(String conversation, long version) {
        of(conversation).shadow.take(version);
        of(conversation).onlyShadow.add(version);
    }

    /** Whether this event of the live log was compared. */
    boolean knowsLive(String conversation, long version) {
        var known = conversations.get(conversation);
        return known != null && known.live.has(version);
    }

    /** Whether this event of the shadow was compared. */
    boolean knowsShadow(String conversation, long version) {
        var known = conversations.get(conversation);
        return known != null && known.shadow.has(version);
    }

    boolean isOnlyLive(String conversation, long version) {
        return of(conversation).onlyLive.contains(version);
    }

    /** Version in the live log of an event of the shadow that was compared; empty where the live log has none. */
    OptionalLong live(String conversation, long shadowVersion) {
        var of = of(conversation);
        return of.onlyShadow.contains(shadowVersion)
                ? OptionalLong.empty()
                : OptionalLong.of(of.moved.getOrDefault(shadowVersion, shadowVersion));
    }

    private Conversation of(String conversation) {
        return conversations.computeIfAbsent(conversation, id -> new Conversation());
    }
}
