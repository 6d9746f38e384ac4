package io.millrace.timeline.replay;

import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.replay.ShadowDifference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares timelines of one partition: per user the set of (conversation, version), and their order per conversation. How
 * events of several conversations lie among each other depends on when they were decided, so positions say nothing. Entries
 * of events that only one side has follow from a decision; they are counted, not judged again. Not thread-safe.
 */
final class EntryComparison {
    private final EventPairs pairs;
    private final Map<Timeline, Set<Long>> live = new TreeMap<>();
    private final Map<Timeline, Set<Long>> shadow = new TreeMap<>();
    private long liveEntries;
    private long shadowEntries;
    private long following;

    EntryComparison(EventPairs pairs) {
        this.pairs = pairs;
    }

    private record Timeline(String user, String conversation) implements Comparable<Timeline> {
        private static Timeline of(TimelineEntry entry) {
            return new Timeline(entry.getUser(), entry.getConversation());
        }

        @Override
        public int compareTo(Timeline other) {
            int byUser = user.compareTo(other.user);
            return byUser == 0 ? conversation.compareTo(other.conversation) : byUser;
        }
    }

    void live(TimelineEntry entry) {
        var version = entry.getVersion();
        if (version == null || !pairs.knowsLive(entry.getConversation(), version)) {
            return; // the user's own doing, or of an event that is not compared
        }
        liveEntries++;
        if (pairs.isOnlyLive(entry.getConversation(), version)) {
            following++;
        } else {
            live.computeIfAbsent(Timeline.of(entry), t -> new LinkedHashSet<>()).add(version);
        }
    }

    void shadow(TimelineEntry entry) {
        var version = entry.getVersion();
        if (version == null || !pairs.knowsShadow(entry.getConversation(), version)) {
            return;
        }
        shadowEntries++;
        var like = pairs.live(entry.getConversation(), version);
        if (like.isPresent()) {
            shadow.computeIfAbsent(Timeline.of(entry), t -> new LinkedHashSet<>())
                    .add(like.getAsLong());
        } else {
            following++;
        }
    }

    /** After both sides were given. Versions are those of the live log. */
    List<ShadowDifference> differences() {
        var differences = new ArrayList<ShadowDifference>();
        var all = new TreeMap<>(live);
        all.putAll(shadow);
        for (var timeline : all.keySet()) {
            judge(
                    timeline,
                    live.getOrDefault(timeline, Set.of()),
                    shadow.getOrDefault(timeline, Set.of()),
                    differences);
        }
        return differences;
    }

    long liveEntries() {
        return liveEntries;
    }

    long shadowEntries() {
        return shadowEntries;
    }

    /** Entries that one side has because it alone has the event. */
    long following() {
        return following;
    }

    private static void judge(Timeline timeline, Set<Long> one, Set<Long> other, List<ShadowDifference> differences) {
        if (List.copyOf(one).equals(List.copyOf(other))) {
            return;
        }
        for (long version : one) {
            if (!other.contains(version)) {
                differences.add(new ShadowDifference(
                        Kind.ENTRY_ONLY_LIVE, name(timeline) + " version=" + version, "an entry", "no entry"));
            }
        }
        for (long version : other) {
            if (!one.contains(version)) {
                differences.add(new ShadowDifference(
                        Kind.ENTRY_ONLY_SHADOW, name(timeline) + " version=" + version, "no entry", "an entry"));
            }
        }
        judgeOrder(timeline, common(one, other), common(other, one), differences);
    }

    private static void judgeOrder(
            Timeline timeline, List<Long> one, List<Long> other, List<ShadowDifference> differences) {
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).equals(other.get(i))) {
                differences.add(new ShadowDifference(
                        Kind.ENTRY_ORDER,
                        name(timeline),
                        "version " + one.get(i) + " comes first",
                        "version " + other.get(i) + " comes first"));
                return;
            }
        }
    }

    private static List<Long> common(Set<Long> of, Set<Long> with) {
        return of.stream().filter(with::contains).toList();
    }

    private static String name(Timeline timeline) {
        return "user=" + timeline.user() + " conversation=" + timeline.conversation();
    }
}
