package io.millrace.router.user;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.state.TimelineHash;
import io.millrace.schemas.state.TimelineState;
import io.millrace.schemas.state.UserConversation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gives entries their position, stamp and chained hash. Pure. */
final class TimelineNumbering {
    private final String epoch;

    TimelineNumbering(String epoch) {
        this.epoch = epoch;
    }

    /** An entry and the counters after it. */
    record Numbered(TimelineEntry entry, TimelineState after) {}

    /**
     * The entry of an event.
     *
     * @param row the conversation after it
     * @param counted what the conversation counted into the total before it
     */
    Numbered event(
            String user,
            TimelineState before,
            RowChange change,
            UserConversation row,
            long counted,
            ConversationEvent event,
            long nowMs) {
        return number(
                user,
                before,
                change,
                row,
                counted,
                nowMs,
                event.getAt(),
                event.getConversation(),
                event.getVersion(),
                event.getFrom(),
                change.own() ? event.getDevice() : null,
                change.own() ? event.getClientMessageId() : null);
    }

    /** The entry of something that the user did to its own timeline: a read, settings, a deletion. */
    Numbered own(
            String user,
            TimelineState before,
            RowChange change,
            UserConversation row,
            long counted,
            UserCommand command,
            long nowMs) {
        return number(
                user,
                before,
                change,
                row,
                counted,
                nowMs,
                Instant.ofEpochMilli(nowMs),
                command.getConversation(),
                null,
                user,
                command.getDevice(),
                command.getClientMessageId());
    }

    private Numbered number(
            String user,
            TimelineState before,
            RowChange change,
            UserConversation row,
            long counted,
            long nowMs,
            Instant at,
            String conversation,
            @Nullable Long version,
            String from,
            @Nullable String device,
            @Nullable String clientMessageId) {
        long position = before.getPosition() + 1;
        long stamp = Math.max(nowMs * 1000, before.getStamp() + 1);
        long total = before.getTotalUnread() + ConversationRow.counted(row) - counted;
        var entry = new TimelineEntry(
                user,
                epoch,
                position,
                stamp,
                at,
                ChainHash.NONE,
                change.kind(),
                conversation,
                version,
                change.seq(),
                row.getLastSeq(),
                row.getReadSeq(),
                row.getJoinedVersion(),
                row.getLeftVersion(),
                from,
                device,
                clientMessageId,
                ConversationRow.unread(row),
                (long) row.getMentions().size(),
                total,
                change.mentioned(),
                change.hidden(),
                conversation.startsWith("d:") && !row.getWritten() && !row.getContact(),
                change.settings(),
                change.uncounted());
        var hash = ChainHash.next(new Hash128(before.getHash().bytes()), entry);
        entry.put("hash", hash);
        return new Numbered(entry, new TimelineState(position, stamp, new TimelineHash(hash.bytes()), total));
    }
}
