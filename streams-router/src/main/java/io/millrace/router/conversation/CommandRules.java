package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DecisionCode;
import java.util.List;
import java.util.Objects;

/** Who may do what, and what follows. Pure: the same command on the same view has the same ruling. Thread-safe. */
final class CommandRules {
    private final GroupRules groups;
    private final MessageRules messages;

    CommandRules(ConversationSettings settings) {
        this.groups = new GroupRules(settings.maxMembers());
        this.messages = new MessageRules(settings);
    }

    /** @param nowMs record time of the command */
    Ruling decide(Command command, ConversationView view, long nowMs) {
        ConversationId conversation;
        try {
            conversation = new ConversationId(command.getConversation());
            new UserId(command.getUser());
            new ClientMessageId(command.getClientMessageId());
        } catch (InvalidIdException e) {
            return new Rejected(DecisionCode.INVALID, Objects.requireNonNullElse(e.getMessage(), "an id is malformed"));
        }
        return switch (conversation.kind()) {
            case DIRECT -> decideDirect(command, conversation, view, nowMs);
            case GROUP ->
                GroupRules.isGroupLife(command.getType())
                        ? groups.decide(command, conversation, view, nowMs)
                        : decideInGroup(command, view, nowMs);
            case ROOM -> GroupView.notFound();
        };
    }

    private Ruling decideDirect(Command command, ConversationId conversation, ConversationView view, long nowMs) {
        if (!conversation.isDirectOf(command.getUser())) {
            return GroupView.notFound();
        }
        if (GroupRules.isGroupLife(command.getType())) {
            return new Rejected(DecisionCode.INVALID, "a direct conversation has no members to change and no title");
        }
        var users = usersOf(conversation);
        if (command.getType() == CommandType.BLOCK || command.getType() == CommandType.UNBLOCK) {
            return BlockRules.decide(command, users, view.members());
        }
        var refusal = BlockRules.refuse(command.getUser(), users, view.members());
        return refusal != null && MessageRules.speaks(command)
                ? refusal
                : messages.decide(command, conversation.kind(), users, false, view, nowMs);
    }

    private Ruling decideInGroup(Command command, ConversationView view, long nowMs) {
        var members = view.members();
        var refusal = GroupView.refuseOutsider(command.getUser(), members);
        if (refusal != null || members == null) {
            return refusal == null ? GroupView.notFound() : refusal;
        }
        if (MessageRules.speaks(command) && GroupView.isMuted(command.getUser(), members, nowMs)) {
            return new Rejected(DecisionCode.MUTED, "you may not send here at present");
        }
        boolean admin = GroupView.isAdmin(command.getUser(), members);
        return messages.decide(command, ConversationId.Kind.GROUP, GroupView.users(members), admin, view, nowMs);
    }

    /**
     * The other members, where the user is one and may send now; nobody otherwise, and in groups of more than {@code most}.
     */
    static List<String> listeners(String user, String id, ConversationView view, int most, boolean speaks, long nowMs) {
        ConversationId conversation;
        try {
            conversation = new ConversationId(id);
        } catch (InvalidIdException e) {
            return List.of();
        }
        var members = view.members();
        List<String> users;
        if (conversation.kind() == ConversationId.Kind.DIRECT) {
            users = usersOf(conversation);
            if (!conversation.isDirectOf(user) || BlockRules.refuse(user, users, members) != null) {
                return List.of();
            }
        } else {
            if (members == null
                    || members.getMembers().size() > most
                    || GroupView.find(user, members) == null
                    || (speaks && GroupView.isMuted(user, members, nowMs))) {
                return List.of();
            }
            users = GroupView.users(members);
        }
        return users.stream().filter(each -> !each.equals(user)).toList();
    }

    private static List<String> usersOf(ConversationId direct) {
        var first = direct.first().value();
        var second = direct.second().value();
        return first.equals(second) ? List.of(first) : List.of(first, second);
    }
}
