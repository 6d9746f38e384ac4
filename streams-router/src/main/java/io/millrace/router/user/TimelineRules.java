package io.millrace.router.user;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.state.UserConversation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an event, a read or a setting changes a conversation as one user has it. Pure. */
final class TimelineRules {
    private TimelineRules() {}

    /**
     * Sending counts as having read up to there; joining counts as having read what was before, leaving as having read
     * everything; somebody listed as added who is a member already has a new role and goes on. A message brings a hidden
     * conversation back. An event may come late, after later ones (a fan-out that is delivered again): numbers never go
     * back, and what was before the present membership, or before its end, changes neither.
     *
     * @param blocked whether the user has blocked the author
     */
    static RowChange event(String user, @Nullable UserConversation before, ConversationEvent event, boolean blocked) {
        var row = before == null ? ConversationRow.none() : before;
        boolean member = before != null && before.getLeftVersion() == null;
        long leftAt = row.getLeftVersion() == null ? 0 : row.getLeftVersion();
        boolean joins = !member
                && event.getVersion() > leftAt
                && event.getAdded().stream().map(MemberRef::getUser).anyMatch(user::equals);
        boolean leaves = event.getVersion() > Math.max(row.getJoinedVersion(), leftAt)
                && event.getRemoved().contains(user);
        boolean message = event.getKind() == EventKind.MESSAGE;
        boolean own = event.getFrom().equals(user);
        long readSeq =
                joins || leaves || (message && own) ? Math.max(row.getReadSeq(), event.getLastSeq()) : row.getReadSeq();
        Long left = leaves ? Long.valueOf(event.getVersion()) : joins ? null : row.getLeftVersion();
        boolean hidden = message && !own && blocked;
        boolean named = message
                && !own
                && event.getCounted()
                && (event.getMentionAll() || event.getMentions().contains(user));
        return new RowChange(
                event.getKind(),
                event.getSeq() != null ? event.getSeq() : event.getTargetSeq(),
                Math.max(row.getLastSeq(), event.getLastSeq()),
                readSeq,
                joins ? event.getVersion() : row.getJoinedVersion(),
                left,
                own,
                named,
                hidden,
                message && !event.getCounted(),
                ConversationRow.told(message && !hidden ? shown(row) : ConversationRow.settings(row)));
    }

    /** Null if the cursor would not move forward. */
    static @Nullable RowChange read(UserConversation row, long seq) {
        long target = Math.min(seq, row.getLastSeq());
        return target <= row.getReadSeq()
                ? null
                : own(row, EventKind.READ, target, target, ConversationRow.settings(row));
    }

    /** Null if nothing would change. What is cleared counts as read. */
    static @Nullable RowChange settings(UserConversation row, UserCommand command) {
        long cleared = command.getClearedSeq() == null
                ? row.getClearedSeq()
                : Math.max(row.getClearedSeq(), Math.min(command.getClearedSeq(), row.getLastSeq()));
        var after = new Settings(
                Objects.requireNonNullElse(command.getMuted(), row.getMuted()),
                Objects.requireNonNullElse(command.getPinned(), row.getPinned()),
                Objects.requireNonNullElse(command.getHidden(), row.getHidden()),
                cleared,
                Objects.requireNonNullElse(command.getDraft(), row.getDraft()),
                Objects.requireNonNullElse(command.getContact(), row.getContact()),
                Objects.requireNonNullElse(command.getAlias(), row.getAlias()),
                Objects.requireNonNullElse(command.getInvisible(), row.getInvisible()));
        return after.equals(ConversationRow.settings(row))
                ? null
                : own(row, EventKind.SETTINGS, null, Math.max(row.getReadSeq(), cleared), after);
    }

    /** Deletes a message for this user alone; deleting again is told again, for it is not remembered for ever. */
    static RowChange delete(UserConversation row, long seq) {
        return own(row, EventKind.SETTINGS, seq, row.getReadSeq(), ConversationRow.settings(row));
    }

    private static RowChange own(
            UserConversation row, EventKind kind, @Nullable Long seq, long readSeq, Settings settings) {
        return new RowChange(
                kind,
                seq,
                row.getLastSeq(),
                readSeq,
                row.getJoinedVersion(),
                row.getLeftVersion(),
                true,
                false,
                false,
                false,
                ConversationRow.told(settings));
    }

    private static Settings shown(UserConversation row) {
        return Settings.newBuilder(ConversationRow.settings(row))
                .setHidden(false)
                .build();
    }
}
