package io.millrace.timeline.conversation;

import java.util.ArrayList;
import java.util.List;

/**
 * Which part of a conversation one user may see, as of its contiguous applied version: from each version at which it
 * joined to the one at which it left, both included; what lies between two memberships stays closed. Nothing beyond the
 * applied version is seen by anybody.
 */
public final class Visibility {
    private static final long OPEN = Long.MAX_VALUE;

    /** Versions {@code joined} to {@code left}; messages after {@code joinedSeq} through {@code leftSeq}. */
    private record Interval(long joined, long joinedSeq, long left, long leftSeq) {}

    private final ConversationHead head;
    private final List<Interval> intervals;

    private Visibility(ConversationHead head, List<Interval> intervals) {
        this.head = head;
        this.intervals = intervals;
    }

    /** Of the two users of a direct conversation: all of it. */
    public static Visibility all(ConversationHead head) {
        return new Visibility(head, List.of(new Interval(1, 0, OPEN, OPEN)));
    }

    /** Of a stranger: nothing. */
    public static Visibility none(ConversationHead head) {
        return new Visibility(head, List.of());
    }

    /** @param changes of this one user in order of version; those beyond the head have not happened yet */
    public static Visibility of(List<MemberChange> changes, ConversationHead head) {
        var intervals = new ArrayList<Interval>();
        boolean member = false;
        long joined = 0;
        long joinedSeq = 0;
        for (var change : changes) {
            if (change.version() > head.version()) {
                break;
            }
            if (change.joined() && !member) {
                joined = change.version();
                joinedSeq = change.lastSeq();
                member = true;
            } else if (!change.joined() && member) {
                intervals.add(new Interval(joined, joinedSeq, change.version(), change.lastSeq()));
                member = false;
            }
        }
        if (member) {
            intervals.add(new Interval(joined, joinedSeq, OPEN, OPEN));
        }
        return new Visibility(head, intervals);
    }

    /** Whether the user is, or was, a member; to everybody else the conversation does not exist. */
    public boolean known() {
        return !intervals.isEmpty();
    }

    public boolean member() {
        return known() && last().left() == OPEN;
    }

    /** Whether the version lies beyond what is applied, so that nothing can be said about it yet. */
    public boolean pending(long version) {
        return version > head.version();
    }

    public boolean sees(long version) {
        return !pending(version) && intervals.stream().anyMatch(i -> i.joined() <= version && version <= i.left());
    }

    /** The last event that the user may see, 0 if there is none. */
    public long lastVersion() {
        return known() ? Math.min(head.version(), last().left()) : 0;
    }

    /** The last message at {@link #lastVersion}, which is not necessarily one that the user may see. */
    public long lastSeq() {
        return known() ? Math.min(head.seq(), last().leftSeq()) : 0;
    }

    /** The greatest visible seq that is not above {@code seq}, or 0. */
    public long seqAtOrBefore(long seq) {
        for (int i = intervals.size() - 1; i >= 0; i--) {
            var interval = intervals.get(i);
            long candidate = Math.min(Math.min(seq, head.seq()), interval.leftSeq());
            if (candidate > interval.joinedSeq()) {
                return candidate;
            }
        }
        return 0;
    }

    /** The smallest visible seq that is not below {@code seq}, or 0. */
    public long seqAtOrAfter(long seq) {
        for (var interval : intervals) {
            long candidate = Math.max(seq, interval.joinedSeq() + 1);
            if (candidate <= Math.min(interval.leftSeq(), head.seq())) {
                return candidate;
            }
        }
        return 0;
    }

    /** The smallest visible version that is not below {@code version}, or 0. */
    public long versionAtOrAfter(long version) {
        for (var interval : intervals) {
            long candidate = Math.max(version, interval.joined());
            if (candidate <= Math.min(interval.left(), head.version())) {
                return candidate;
            }
        }
        return 0;
    }

    private Interval last() {
        return intervals.get(intervals.size() - 1);
    }
}
