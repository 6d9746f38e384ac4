package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.AlreadyCreated;
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
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.Member;
import io.millrace.schemas.state.MemberRole;
import io.millrace.schemas.state.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/** Group life: create, add, remove, leave. Pure. To somebody who never was a member no group exists. */
final class GroupRules {
    private final int maxMembers;

    GroupRules(int maxMembers) {
        this.maxMembers = maxMembers;
    }

    static boolean isGroupLife(CommandType type) {
        return switch (type) {
            case CREATE_GROUP, ADD_MEMBERS, REMOVE_MEMBER, SET_TITLE, SET_GROUP, SET_ROLE, MUTE, DISSOLVE, JOIN, LINK ->
                true;
            default -> false;
        };
    }

    Ruling decide(Command command, ConversationId conversation, ConversationView view, long nowMs) {
        if (command.getType() == CommandType.CREATE_GROUP) {
            return decideCreate(command, conversation, view);
        }
        if (command.getType() == CommandType.JOIN) {
            return JoinRules.decideJoin(command, view.members(), maxMembers, nowMs);
        }
        var refusal = GroupView.refuseOutsider(command.getUser(), view.members());
        var members = view.members();
        if (refusal != null || members == null) {
            return refusal == null ? GroupView.notFound() : refusal;
        }
        return switch (command.getType()) {
            case ADD_MEMBERS -> decideAdd(command, members);
            case REMOVE_MEMBER -> decideRemove(command, members);
            case SET_ROLE -> AdminRules.decideRole(command, members);
            case MUTE -> AdminRules.decideMute(command, members, nowMs);
            case DISSOLVE -> AdminRules.decideDissolve(command, members);
            case LINK -> JoinRules.decideLink(command, members, nowMs);
            default -> AdminRules.decideGroup(command, members);
        };
    }

    private Ruling decideCreate(Command command, ConversationId conversation, ConversationView view) {
        var creator = new UserId(command.getUser());
        if (!conversation.equals(ConversationId.group(creator, new ClientMessageId(command.getClientMessageId())))) {
            return new Rejected(DecisionCode.INVALID, "the id of a new group is a function of creator and key");
        }
        if (view.members() != null) {
            return new AlreadyCreated();
        }
        var users = new LinkedHashSet<String>();
        users.add(creator.value());
        users.addAll(command.getUsers());
        if (users.size() > maxMembers) {
            return new Rejected(DecisionCode.INVALID, "a group has at most " + maxMembers + " members");
        }
        if (!wellFormed(users)) {
            return new Rejected(DecisionCode.INVALID, "members has an id that is no user id");
        }
        var refs = users.stream()
                .map(user -> GroupView.ref(user, user.equals(creator.value()) ? MemberRole.OWNER : MemberRole.MEMBER))
                .toList();
        var title = Objects.requireNonNullElse(command.getTitle(), "");
        return Posted.saying(EventKind.MEMBERS, List.copyOf(users), Said.members(refs, List.of(), title));
    }

    private Ruling decideAdd(Command command, Members before) {
        if (!GroupView.isAdmin(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins may add members");
        }
        var users = new LinkedHashSet<>(command.getUsers());
        before.getMembers().forEach(m -> users.remove(m.getUser()));
        if (users.isEmpty()) {
            return new Unchanged();
        }
        if (!wellFormed(users)) {
            return new Rejected(DecisionCode.INVALID, "users has an id that is no user id");
        }
        if (before.getMembers().size() + users.size() > maxMembers) {
            return new Rejected(DecisionCode.INVALID, "a group has at most " + maxMembers + " members");
        }
        var all = new ArrayList<>(GroupView.users(before));
        all.addAll(users);
        var refs = users.stream()
                .map(user -> GroupView.ref(user, MemberRole.MEMBER))
                .toList();
        return Posted.saying(EventKind.MEMBERS, all, Said.members(refs, List.of(), null));
    }

    private static Ruling decideRemove(Command command, Members before) {
        var leaver = command.getUsers().size() == 1 ? command.getUsers().get(0) : "";
        var member = GroupView.find(leaver, before);
        boolean leaves = leaver.equals(command.getUser());
        if (!leaves && !GroupView.isAdmin(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins may remove members");
        }
        if (member == null) {
            return new Unchanged();
        }
        if (!leaves && member.getRole() == MemberRole.OWNER) {
            return new Rejected(DecisionCode.FORBIDDEN, "the owner cannot be removed");
        }
        if (!leaves && member.getRole() == MemberRole.ADMIN && !GroupView.isOwner(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only the owner may remove an admin");
        }
        var rest = new ArrayList<>(before.getMembers());
        rest.remove(member);
        var heir = member.getRole() == MemberRole.OWNER ? heirOf(rest) : List.<MemberRef>of();
        return Posted.saying(EventKind.MEMBERS, GroupView.users(before), Said.members(heir, List.of(leaver), null));
    }

    /** Ownership passes to the admin, else the member, who has been there longest; the event lists it with its new role. */
    private static List<MemberRef> heirOf(List<Member> rest) {
        return rest.stream()
                .filter(m -> m.getRole() == MemberRole.ADMIN)
                .findFirst()
                .or(() -> rest.stream().findFirst())
                .map(heir -> List.of(GroupView.ref(heir.getUser(), MemberRole.OWNER)))
                .orElse(List.of());
    }

    private static boolean wellFormed(Iterable<String> users) {
        try {
            users.forEach(UserId::new);
            return true;
        } catch (InvalidIdException e) {
            return false;
        }
    }
}
