package io.millrace.timeline.timeline;

import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stands in one user's list.
 *
 * @param stamp write timestamp, microseconds; 0 in a row that was read
 * @param lastSeq last message that the user may see
 * @param lastVersion last event that the user may see; null leaves the stored one
 * @param readSeq read through this message
 * @param joinedVersion where the present or last membership began
 * @param leftVersion where it ended, 0 while the user is a member
 * @param updatedAtMs time of the last entry other than a read; null leaves the stored one
 * @param position last entry that is contained
 * @param counts null where they were not kept yet
 * @param hasDeleted whether the user deleted a message here; null leaves what is stored
 */
public record UserConversation(
        String user,
        String conversation,
        long stamp,
        long lastSeq,
        @Nullable Long lastVersion,
        long readSeq,
        long joinedVersion,
        long leftVersion,
        @Nullable Long updatedAtMs,
        long position,
        @Nullable Counts counts,
        KeptSettings settings,
        @Nullable Boolean hasDeleted) {

    /** Messages not yet read, never negative: a cursor may run ahead of what the store has seen. */
    public long unread() {
        return counts == null ? Math.max(0, lastSeq - readSeq) : counts.unread();
    }

    public long unreadMentions() {
        return counts == null ? 0 : counts.unreadMentions();
    }

    public boolean request() {
        return counts != null && counts.request();
    }

    /** Whether there is something to list: a direct conversation begins with what one of the two says. */
    public boolean begun() {
        return lastSeq > 0
                || !conversation.startsWith("d:")
                || settings.pinned()
                || !settings.draft().isEmpty();
    }

    public boolean member() {
        return leftVersion == 0;
    }
}
