package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Messages that are posted later, and messages that end. Pure; time is the record's. */
final class ScheduleRules {
    /** Waiting messages per user and conversation. */
    static final int MOST_WAITING = 100;

    private static final long FARTHEST_MS = Duration.ofDays(366).toMillis();

    private ScheduleRules() {}

    /** Null where the times of a message can be kept. */
    static @Nullable Rejected refuseTimes(Command command, ConversationView view, long nowMs) {
        long sendAt = waits(command, nowMs) ? command.getSendAt().toEpochMilli() : nowMs;
        if (sendAt - nowMs > FARTHEST_MS) {
            return new Rejected(DecisionCode.INVALID, "sendAt is at most 366 days ahead");
        }
        var expiresAt = command.getExpiresAt();
        if (expiresAt != null && expiresAt.toEpochMilli() <= sendAt) {
            return new Rejected(DecisionCode.INVALID, "expiresAt lies before the message is posted");
        }
        if (expiresAt != null && expiresAt.toEpochMilli() - nowMs > FARTHEST_MS) {
            return new Rejected(DecisionCode.INVALID, "expiresAt is at most 366 days ahead");
        }
        return sendAt > nowMs && view.waiting().applyAsInt(command.getUser()) >= MOST_WAITING
                ? new Rejected(DecisionCode.INVALID, "at most " + MOST_WAITING + " messages wait in a conversation")
                : null;
    }

    /** Whether it is to be posted later. */
    static boolean waits(Command command, long nowMs) {
        return command.getSendAt() != null && command.getSendAt().toEpochMilli() > nowMs;
    }

    /** The author takes a waiting message back; its right to do so does not end with its membership. */
    static Ruling decideUnschedule(Command command, ConversationView view) {
        var waiting = waiting(command, view);
        return waiting == null || !waiting.getFrom().equals(command.getUser())
                ? new Rejected(DecisionCode.INVALID, "version names no waiting message of yours")
                : Posted.saying(
                        EventKind.UNSCHEDULED, List.of(command.getUser()), Said.over(waiting.getVersion(), null));
    }

    static @Nullable ConversationEvent waiting(Command command, ConversationView view) {
        var version = command.getTargetVersion();
        return version == null ? null : view.scheduled().apply(version);
    }

    /** The command that the author would have given now. */
    static Command due(ConversationEvent waiting, long nowMs) {
        return Command.newBuilder()
                .setType(CommandType.SEND)
                .setConversation(waiting.getConversation())
                .setUser(waiting.getFrom())
                .setDevice(waiting.getDevice())
                .setClientMessageId(waiting.getClientMessageId())
                .setFingerprint(waiting.getFingerprint())
                .setBody(waiting.getBody())
                .setBodyKey(waiting.getBodyKey())
                .setBodyKind(waiting.getBodyKind())
                .setReplyTo(waiting.getReplyTo())
                .setMentions(waiting.getMentions())
                .setMentionAll(waiting.getMentionAll())
                .setExpiresAt(waiting.getExpiresAt())
                .setService(true) // whether it may be sent was decided when it was scheduled
                .setReceivedAt(Instant.ofEpochMilli(nowMs))
                .build();
    }

    /** What is due is posted by the rules of this moment, or over. */
    static Posted post(ConversationEvent waiting, Ruling now) {
        if (now instanceof Posted posted && posted.kind() == EventKind.MESSAGE) {
            return Posted.saying(EventKind.MESSAGE, posted.recipients(), Said.over(waiting.getVersion(), null));
        }
        var code = now instanceof Rejected rejected ? rejected.code() : DecisionCode.INVALID;
        boolean outsider = code == DecisionCode.NOT_MEMBER || code == DecisionCode.NOT_FOUND;
        return Posted.saying(
                EventKind.UNSCHEDULED,
                outsider ? List.of() : List.of(waiting.getFrom()),
                Said.over(waiting.getVersion(), code.name().toLowerCase(Locale.ROOT)));
    }
}
