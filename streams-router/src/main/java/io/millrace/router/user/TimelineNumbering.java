package io.millrace.router.user;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.TimelineEntry;
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

    /** The entry that tells {@code user} of an event; {@code row} is the conversation after it. */
    Numbered event(String user, TimelineState before, UserConversation row, ConversationEvent event, long nowMs) {
        boolean own = event.getFrom().equals(user);
        Long seq = event.getSeq() != null ? event.getSeq() : event.getTargetSeq();
        return number(
                user,
                before,
                row,
                nowMs,
                event.getAt(),
                event.getKind(),
                event.getConversation(),
                event.getVersion(),
                seq,
                event.getFrom(),
                own ? event.getDevice() : null,
                own ? event.getClientMessageId() : null);
    }

    /** The entry that tells {@code user} that its own read cursor moved. */
    Numbered read(
            String user,
            TimelineState before,
            UserConversation row,
            String conversation,
            long nowMs,
            @Nullable String device,
            @Nullable String clientMessageId) {
        return number(
                user,
                before,
                row,
                nowMs,
                Instant.ofEpochMilli(nowMs),
                EventKind.READ,
                conversation,
                null,
                row.getReadSeq(),
                user,
                device,
                clientMessageId);
    }

    private Numbered number(
            String user,
            TimelineState before,
            UserConversation row,
            long nowMs,
            Instant at,
            EventKind kind,
            String conversation,
            @Nullable Long version,
            @Nullable Long seq,
            String from,
            @Nullable String device,
            @Nullable String clientMessageId) {
        long position = before.getPosition() + 1;
        long stamp = Math.max(nowMs * 1000, before.getStamp() + 1);
        var entry = new TimelineEntry(
                user,
                epoch,
                position,
                stamp,
                at,
                ChainHash.NONE,
                kind,
                conversation,
                version,
                seq,
                row.getLastSeq(),
                row.getReadSeq(),
                row.getJoinedVersion(),
                row.getLeftVersion(),
                from,
                device,
                clientMessageId);
        var hash = ChainHash.next(new Hash128(before.getHash().bytes()), entry);
        entry.put("hash", hash);
        return new Numbered(entry, new TimelineState(position, stamp, new TimelineHash(hash.bytes())));
    }
}
