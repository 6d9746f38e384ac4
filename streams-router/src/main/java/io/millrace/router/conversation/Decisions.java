package io.millrace.router.conversation;

import io.millrace.router.runtime.Addressee;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.MessageId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.Rejection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told to whoever waits for a command. Pure. */
final class Decisions {
    private Decisions() {}

    /** @param entries timelines that the event is written to */
    static Decision posted(Command command, ConversationEvent event, int entries) {
        boolean scheduled = event.getKind() == EventKind.SCHEDULED;
        return decision(
                command,
                DecisionCode.POSTED,
                null,
                event.getSeq(),
                event.getVersion(),
                event.getAt().toEpochMilli(),
                false,
                false,
                scheduled,
                entries);
    }

    static Decision created(Command command, long nowMs) {
        return decision(command, DecisionCode.POSTED, null, null, 1L, nowMs, true, false, false, 0);
    }

    /** Granted, and there is no event. */
    static Decision unchanged(Command command, long nowMs) {
        return decision(command, DecisionCode.POSTED, null, null, null, nowMs, false, true, false, 0);
    }

    static Decision rejected(Command command, DecisionCode code, String reason, long nowMs) {
        return decision(command, code, reason, null, null, nowMs, false, false, false, 0);
    }

    /**
     * The first decision of the key again.
     *
     * @param waits whether it is a message that still waits for its time
     */
    static Decision repeat(Command command, DedupEntry first, boolean waits) {
        if (!first.fingerprint().equals(command.getFingerprint())) {
            return rejected(command, DecisionCode.CONFLICT, "this key was used with other content", first.at());
        }
        return decision(
                command,
                first.code(),
                first.code() == DecisionCode.POSTED ? null : "decided so before",
                first.seq() == 0 ? null : first.seq(),
                first.version() == 0 ? null : first.version(),
                first.at(),
                true,
                first.unchanged(),
                waits,
                0);
    }

    /** What is kept of a decision that left no event. */
    static Rejection rejection(Command command, DecisionCode code, boolean unchanged, long nowMs) {
        return new Rejection(
                command.getConversation(),
                command.getUser(),
                command.getClientMessageId(),
                command.getFingerprint(),
                code,
                unchanged,
                Instant.ofEpochMilli(nowMs));
    }

    static Addressee addressee(Origin origin) {
        return new Addressee(origin.getEdge(), origin.getLane());
    }

    static Delivery delivery(Origin origin, Decision decision) {
        return new Delivery(
                origin.getEdge(), DeliveryKind.DECISION, List.of(), null, null, decision, null, null, null, null, null);
    }

    private static Decision decision(
            Command command,
            DecisionCode code,
            @Nullable String reason,
            @Nullable Long seq,
            @Nullable Long version,
            long at,
            boolean duplicate,
            boolean unchanged,
            boolean scheduled,
            int entries) {
        var origin = command.getOrigin();
        return new Decision(
                origin == null ? null : origin.getSession(),
                origin == null ? 0L : origin.getCommand(),
                command.getClientMessageId(),
                command.getConversation(),
                code,
                reason,
                seq,
                version,
                seq == null
                        ? null
                        : MessageId.of(new ConversationId(command.getConversation()), seq, at)
                                .value(),
                Instant.ofEpochMilli(at),
                duplicate,
                unchanged,
                scheduled,
                entries);
    }
}
