package io.millrace.guarantees.check;

import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.TimelineEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Counts one user's unread messages one by one, entry by entry: a second opinion on what the server computes by
 * subtraction.
 */
final class UnreadCount {
    private final String user;
    private final Map<String, TreeSet<Long>> unread = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();

    UnreadCount(String user) {
        this.user = user;
    }

    /** @param entry the next one of the timeline */
    void apply(TimelineEntry entry) {
        var conversation = entry.getConversation();
        var open = unread.computeIfAbsent(conversation, c -> new TreeSet<>());
        long seq = entry.getSeq() == null ? 0 : entry.getSeq();
        if (entry.getKind() == EventKind.MESSAGE) {
            last.merge(conversation, seq, Math::max);
            open.add(seq);
            if (user.equals(entry.getFrom())) {
                readThrough(conversation, seq);
            }
        } else if (entry.getKind() == EventKind.READ) {
            readThrough(conversation, seq);
        } else if (entry.getKind() == EventKind.RECALLED) {
            open.remove(seq);
        } else if (entry.getKind() == EventKind.MEMBERS && isTurn(entry)) {
            last.merge(conversation, entry.getLastSeq(), Math::max);
            readThrough(conversation, entry.getLastSeq());
        }
    }

    /** Somebody who joins has nothing unread, and leaving counts as having read. */
    private static boolean isTurn(TimelineEntry entry) {
        return entry.getVersion() != null
                && (entry.getVersion().equals(entry.getJoinedVersion())
                        || entry.getVersion().equals(entry.getLeftVersion()));
    }

    private void readThrough(String conversation, long seq) {
        read.merge(conversation, seq, Math::max);
        unread.computeIfAbsent(conversation, c -> new TreeSet<>())
                .headSet(seq, true)
                .clear();
    }

    long of(String conversation) {
        return unread.getOrDefault(conversation, new TreeSet<>()).size();
    }

    long total() {
        return unread.values().stream().mapToLong(TreeSet::size).sum();
    }

    long readSeq(String conversation) {
        return read.getOrDefault(conversation, 0L);
    }

    long lastSeq(String conversation) {
        return last.getOrDefault(conversation, 0L);
    }

    /** Every conversation the user has heard of. */
    Iterable<String> conversations() {
        return unread.keySet();
    }
}
