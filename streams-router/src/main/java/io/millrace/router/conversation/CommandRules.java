package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.router.conversation.Ruling.Unchanged;
import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.state.MessageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Who may do what, and what follows. Pure: the same command on the same view has the same ruling. Thread-safe. */
final class CommandRules {
    private final GroupRules groups;

    CommandRules(int maxMembers) {
        this.groups = new GroupRules(maxMembers);
    }

    Ruling decide(Command command, ConversationView view) {
        ConversationId conversation;
        try {
            conversation = new ConversationId(command.getConversation());
            new UserId(command.getUser());
            new ClientMessageId(command.getClientMessageId());
        } catch (InvalidIdException e) {
            return new Rejected(DecisionCode.INVALID, Objects.requireNonNullElse(e.getMessage(), "an id is malformed"));
        }
        return switch (conversation.kind()) {
            case DIRECT -> decideDirect(command, conversation, view);
            case GROUP ->
                groups.isGroupLife(command.getType())
                        ? groups.decide(command, conversation, view)
                        : decideInGroup(command, view);
            case ROOM -> new Rejected(DecisionCode.NOT_FOUND, "there is no such conversation");
        };
    }

    private Ruling decideDirect(Command command, ConversationId conversation, ConversationView view) {
        if (!conversation.isDirectOf(command.getUser())) {
            return new Rejected(DecisionCode.NOT_FOUND, "there is no such conversation");
        }
        if (groups.isGroupLife(command.getType())) {
            return new Rejected(DecisionCode.INVALID, "a direct conversation has no members to change and no title");
        }
        var first = conversation.first().value();
        var second = conversation.second().value();
        return decideContent(command, first.equals(second) ? List.of(first) : List.of(first, second), false, view);
    }

    private Ruling decideInGroup(Command command, ConversationView view) {
        var refusal = GroupRules.refuseOutsider(command.getUser(), view);
        if (refusal != null || view.members() == null) {
            return refusal == null ? new Rejected(DecisionCode.NOT_FOUND, "there is no such conversation") : refusal;
        }
        var users = new ArrayList<String>(view.members().getMembers().size());
        view.members().getMembers().forEach(m -> users.add(m.getUser()));
        return decideContent(command, users, GroupRules.isAdmin(command.getUser(), view.members()), view);
    }

    private Ruling decideContent(Command command, List<String> members, boolean admin, ConversationView view) {
        if (command.getType() == CommandType.SEND) {
            return decideSend(command, members, view);
        }
        var seq = command.getTargetSeq();
        MessageState message = seq == null ? null : view.messages().apply(seq);
        if (message == null) {
            return new Rejected(DecisionCode.INVALID, "seq names no message of this conversation");
        }
        boolean own = message.getAuthor().equals(command.getUser());
        return switch (command.getType()) {
            case EDIT -> decideEdit(message, own, members);
            case RECALL -> decideRecall(message, own || admin, members);
            case REACT -> decideReact(command, message, members);
            default -> new Rejected(DecisionCode.INVALID, "this kind of command is not offered here");
        };
    }

    private static Ruling decideSend(Command command, List<String> members, ConversationView view) {
        var replyTo = command.getReplyTo();
        if (replyTo != null && (replyTo < 1 || replyTo > view.lastSeq())) {
            return new Rejected(DecisionCode.INVALID, "replyTo names no message of this conversation");
        }
        if (!members.containsAll(command.getMentions())) {
            return new Rejected(DecisionCode.INVALID, "mentions name somebody who is no member");
        }
        return Posted.plain(EventKind.MESSAGE, members);
    }

    private static Ruling decideEdit(MessageState message, boolean own, List<String> members) {
        if (!own) {
            return new Rejected(DecisionCode.FORBIDDEN, "only its author may edit a message");
        }
        if (message.getRecalled()) {
            return new Rejected(DecisionCode.INVALID, "the message was recalled");
        }
        return Posted.plain(EventKind.EDITED, members);
    }

    private static Ruling decideRecall(MessageState message, boolean allowed, List<String> members) {
        if (!allowed) {
            return new Rejected(
                    DecisionCode.FORBIDDEN, "only its author or an admin of the group may recall a message");
        }
        if (message.getRecalled()) {
            return new Unchanged();
        }
        return Posted.about(
                EventKind.RECALLED, members, new MessageState(message.getAuthor(), true, List.of(), message.getAt()));
    }

    private static Ruling decideReact(Command command, MessageState message, List<String> members) {
        var emoji = command.getEmoji();
        if (emoji == null || emoji.isEmpty()) {
            return new Rejected(DecisionCode.INVALID, "emoji is missing");
        }
        if (message.getRecalled()) {
            return new Rejected(DecisionCode.INVALID, "the message was recalled");
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
                EventKind.REACTION, members, new MessageState(message.getAuthor(), false, reactions, message.getAt()));
    }
}
