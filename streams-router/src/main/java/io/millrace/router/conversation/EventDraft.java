package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.MessageId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.state.ChainedHash;
import io.millrace.schemas.state.ConversationState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Numbers what the rules granted: the event and the counters after it. Pure. */
record EventDraft(ConversationEvent event, ConversationState after) {

    /** @param nowMs record time of the command */
    static EventDraft number(Command command, Posted posted, ConversationState before, long nowMs) {
        boolean message = posted.kind() == EventKind.MESSAGE;
        long lastSeq = before.getLastSeq() + (message ? 1 : 0);
        long version = before.getLastVersion() + 1;
        long stamp = Math.max(nowMs * 1000, before.getLastStamp() + 1);
        boolean hasBody = message || posted.kind() == EventKind.EDITED;
        var event = new ConversationEvent(
                command.getConversation(),
                version,
                message ? lastSeq : null,
                lastSeq,
                stamp,
                Instant.ofEpochMilli(nowMs),
                ChainHash.NONE,
                posted.kind(),
                command.getUser(),
                command.getDevice(),
                command.getClientMessageId(),
                command.getFingerprint(),
                message
                        ? MessageId.of(new ConversationId(command.getConversation()), lastSeq, nowMs)
                                .value()
                        : null,
                hasBody ? command.getBody() : ByteBuffer.allocate(0),
                hasBody ? command.getBodyKey() : null,
                message ? command.getReplyTo() : null,
                message ? command.getMentions() : List.of(),
                command.getTargetSeq(),
                posted.kind() == EventKind.REACTION ? command.getEmoji() : null,
                posted.kind() == EventKind.REACTION && command.getReactionRemoved(),
                posted.added(),
                posted.removed(),
                posted.title(),
                message && command.getMentionAll(),
                posted.muted(),
                posted.mutedUntil());
        var hash = ChainHash.next(new Hash128(before.getHash().bytes()), event);
        event.put("hash", hash);
        return new EventDraft(event, new ConversationState(lastSeq, version, stamp, new ChainedHash(hash.bytes())));
    }

    /** Counters of a conversation in which nothing happened yet. */
    static ConversationState empty() {
        return new ConversationState(0L, 0L, 0L, new ChainedHash(new byte[16]));
    }
}
