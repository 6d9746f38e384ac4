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
        boolean sent = message || posted.kind() == EventKind.SCHEDULED;
        boolean hasBody = sent || posted.kind() == EventKind.EDITED;
        var said = posted.said();
        var policy = MessageKinds.policy(new ConversationId(command.getConversation()).kind(), command.getBodyKind());
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
                sent ? command.getReplyTo() : null,
                sent ? command.getMentions() : List.of(),
                command.getTargetSeq(),
                posted.kind() == EventKind.REACTION ? command.getEmoji() : null,
                posted.kind() == EventKind.REACTION && command.getReactionRemoved(),
                said.added(),
                said.removed(),
                said.title(),
                sent && command.getMentionAll(),
                said.muted(),
                posted.kind() == EventKind.MUTED ? said.until() : null,
                hasBody ? command.getBodyKind() : "",
                !message || policy.counted(),
                !message || policy.notifies(),
                sent ? command.getExpiresAt() : said.expiresAt(),
                posted.kind() == EventKind.SCHEDULED ? command.getSendAt() : null,
                said.targetVersion(),
                said.code(),
                said.announcement(),
                said.joinRule(),
                said.link(),
                posted.kind() == EventKind.LINK ? said.until() : null);
        var hash = ChainHash.next(new Hash128(before.getHash().bytes()), event);
        event.put("hash", hash);
        return new EventDraft(event, new ConversationState(lastSeq, version, stamp, new ChainedHash(hash.bytes())));
    }

    /** Counters of a conversation in which nothing happened yet. */
    static ConversationState empty() {
        return new ConversationState(0L, 0L, 0L, new ChainedHash(new byte[16]));
    }
}
