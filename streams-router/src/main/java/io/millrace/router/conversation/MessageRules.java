package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.router.conversation.Ruling.Transient;
import io.millrace.router.conversation.Ruling.Unchanged;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.state.MessageState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Messages and what is done to them, by somebody who belongs to the conversation. Pure. */
final class MessageRules {
    private final Duration editWindow;
    private final Duration recallWindow;

    MessageRules(ConversationSettings settings) {
        this.editWindow = settings.editWindow();
        this.recallWindow = settings.recallWindow();
    }

    /** What is kept of a message when it is posted. */
    static MessageState first(ConversationEvent event) {
        long expiresAt = event.getExpiresAt() == null ? 0 : event.getExpiresAt().toEpochMilli();
        return new MessageState(event.getFrom(), false, List.of(), event.getAt().toEpochMilli(), expiresAt);
    }

    /** Whether others would hear something new of the sender; a recall takes away. */
    static boolean speaks(Command command) {
        return switch (command.getType()) {
            case SEND, EDIT, REACT, TYPING -> true;
            default -> false;
        };
    }

    Ruling decide(
            Command command,
            ConversationId.Kind conversation,
            List<String> members,
            boolean admin,
            ConversationView view,
            long nowMs) {
        if (command.getType() == CommandType.SEND) {
            return decideSend(command, conversation, members, admin, view, nowMs);
        }
        if (command.getType() == CommandType.UNSCHEDULE) {
            return ScheduleRules.decideUnschedule(command, view);
        }
        var seq = command.getTargetSeq();
        MessageState message = seq == null ? null : view.messages().apply(seq);
        if (message == null) {
            return new Rejected(DecisionCode.INVALID, "seq names no message of this conversation");
        }
        boolean own = message.getAuthor().equals(command.getUser());
        return switch (command.getType()) {
            case EDIT -> decideEdit(message, own, members, nowMs);
            case RECALL -> decideRecall(message, own, admin, members, nowMs);
            case REACT -> decideReact(command, message, members, nowMs);
            default -> new Rejected(DecisionCode.INVALID, "this kind of command is not offered here");
        };
    }

    private static Ruling decideSend(
            Command command,
            ConversationId.Kind conversation,
            List<String> members,
            boolean admin,
            ConversationView view,
            long nowMs) {
        var policy = MessageKinds.policy(conversation, command.getBodyKind());
        if (policy.service() && !command.getService()) {
            return new Rejected(DecisionCode.FORBIDDEN, "messages of this kind are sent with service tokens");
        }
        var replyTo = command.getReplyTo();
        if (replyTo != null && (replyTo < 1 || replyTo > view.lastSeq())) {
            return new Rejected(DecisionCode.INVALID, "replyTo names no message of this conversation");
        }
        if (!members.containsAll(command.getMentions())) {
            return new Rejected(DecisionCode.INVALID, "mentions name somebody who is no member");
        }
        if (command.getMentionAll() && !admin) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins of a group may mention everybody");
        }
        var refusal = ScheduleRules.refuseTimes(command, view, nowMs);
        if (refusal != null) {
            return refusal;
        }
        if (!policy.stored()) {
            return new Transient(members);
        }
        return ScheduleRules.waits(command, nowMs)
                ? Posted.plain(EventKind.SCHEDULED, List.of(command.getUser()))
                : Posted.plain(EventKind.MESSAGE, members);
    }

    private Ruling decideEdit(MessageState message, boolean own, List<String> members, long nowMs) {
        if (!own) {
            return new Rejected(DecisionCode.FORBIDDEN, "only its author may edit a message");
        }
        if (message.getRecalled()) {
            return new Rejected(DecisionCode.INVALID, "the message was recalled");
        }
        if (isExpired(message, nowMs)) {
            return new Rejected(DecisionCode.INVALID, "the message has expired");
        }
        return isOver(message, editWindow, nowMs)
                ? new Rejected(DecisionCode.FORBIDDEN, "the message is too old to be edited")
                : Posted.saying(EventKind.EDITED, members, Said.edited(message));
    }

    private Ruling decideRecall(MessageState message, boolean own, boolean admin, List<String> members, long nowMs) {
        if (!own && !admin) {
            return new Rejected(
                    DecisionCode.FORBIDDEN, "only its author or an admin of the group may recall a message");
        }
        if (message.getRecalled()) {
            return new Unchanged();
        }
        if (!admin && isOver(message, recallWindow, nowMs)) {
            return new Rejected(DecisionCode.FORBIDDEN, "the message is too old to be recalled");
        }
        return Posted.about(
                EventKind.RECALLED,
                members,
                MessageState.newBuilder(message)
                        .setRecalled(true)
                        .setReactions(List.of())
                        .build());
    }

    private static boolean isExpired(MessageState message, long nowMs) {
        return message.getExpiresAt() != 0 && message.getExpiresAt() <= nowMs;
    }

    /** A message of which no time is kept has no window. */
    private static boolean isOver(MessageState message, Duration window, long nowMs) {
        return message.getAt() != 0 && nowMs - message.getAt() > window.toMillis();
    }

    private static Ruling decideReact(Command command, MessageState message, List<String> members, long nowMs) {
        var emoji = command.getEmoji();
        if (emoji == null || emoji.isEmpty()) {
            return new Rejected(DecisionCode.INVALID, "emoji is missing");
        }
        if (message.getRecalled()) {
            return new Rejected(DecisionCode.INVALID, "the message was recalled");
        }
        if (isExpired(message, nowMs)) {
            return new Rejected(DecisionCode.INVALID, "the message has expired");
        }
        var reaction = command.getUser() + "\0" + emoji;
        if (message.getReactions().contains(reaction) != command.getReactionRemoved()) {
            return new Unchanged();
        }
        var reactions = new ArrayList<>(message.getReactions());
        if (command.getReactionRemoved()) {
            reactions.remove(reaction);
        } else {
            reactions.add(reaction);
        }
        return Posted.about(
                EventKind.REACTION,
                members,
                MessageState.newBuilder(message).setReactions(reactions).build());
    }
}
