package io.millrace.router.user;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.UserConversation;
import org.jspecify.annotations.Nullable;

/** How an event or a read changes a conversation as one user has it. Pure. */
final class TimelineRules {
    private TimelineRules() {}

    /**
     * The row after an event. Sending counts as having read up to there; joining counts as having read what was before;
     * somebody listed as added who is a member already has a new role and goes on.
     */
    static UserConversation apply(String user, @Nullable UserConversation before, ConversationEvent event) {
        boolean member = before != null && before.getLeftVersion() == null;
        boolean joins =
                !member && event.getAdded().stream().map(MemberRef::getUser).anyMatch(user::equals);
        long readSeq = before == null ? 0 : before.getReadSeq();
        if (joins) {
            readSeq = Math.max(readSeq, event.getLastSeq());
        }
        if (event.getKind() == EventKind.MESSAGE && event.getFrom().equals(user)) {
            readSeq = Math.max(readSeq, event.getLastSeq());
        }
        long joined = joins ? event.getVersion() : before == null ? 1 : before.getJoinedVersion();
        Long left = joins || before == null ? null : before.getLeftVersion();
        if (event.getRemoved().contains(user)) {
            left = event.getVersion();
        }
        return new UserConversation(event.getLastSeq(), readSeq, joined, left);
    }

    /** The row after a read, the same one if the cursor would not move forward. */
    static UserConversation read(UserConversation before, long seq) {
        long target = Math.min(seq, before.getLastSeq());
        return target <= before.getReadSeq()
                ? before
                : new UserConversation(before.getLastSeq(), target, before.getJoinedVersion(), before.getLeftVersion());
    }
}
