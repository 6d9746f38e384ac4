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
import io.millrace.schemas.record.Role;
import io.millrace.schemas.state.Member;
import io.millrace.schemas.state.MemberRole;
import io.millrace.schemas.state.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Group life: create, add, remove, leave, title. Pure. To somebody who never was a member no group exists. */
final class GroupRules {
    private final int maxMembers;

    GroupRules(int maxMembers) {
        this.maxMembers = maxMembers;
    }

    boolean isGroupLife(CommandType type) {
        return type == CommandType.CREATE_GROUP
                || type == CommandType.ADD_MEMBERS
                || type == CommandType.REMOVE_MEMBER
                || type == CommandType.SET_TITLE;
    }

    Ruling decide(Command command, ConversationId conversation, ConversationView view) {
        if (command.getType() == CommandType.CREATE_GROUP) {
            return decideCreate(command, conversation, view);
        }
        var refusal = refuseOutsider(command.getUser(), view);
        var members = view.members();
        if (refusal != null || members == null) {
            return refusal == null ? notFound() : refusal;
        }
        return switch (command.getType()) {
            case ADD_MEMBERS -> decideAdd(command, members, view.nextVersion());
            case REMOVE_MEMBER -> decideRemove(command, members);
            default -> decideTitle(command, members);
        };
    }

    /** Null for a member; NOT_MEMBER for a former one; NOT_FOUND for everybody else and where there is no group. */
    static @Nullable Rejected refuseOutsider(String user, ConversationView view) {
        var members = view.members();
        if (members == null) {
            return notFound();
        }
        if (find(user, members) != null) {
            return null;
        }
        return members.getFormer().contains(user)
                ? new Rejected(DecisionCode.NOT_MEMBER, "no longer a member of this conversation")
                : notFound();
    }

    static boolean isAdmin(String user, Members members) {
        var member = find(user, members);
        return member != null && member.getRole() != MemberRole.MEMBER;
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
        var members = new ArrayList<Member>(users.size());
        for (var user : users) {
            members.add(new Member(user, members.isEmpty() ? MemberRole.OWNER : MemberRole.MEMBER, 1L, 0L));
        }
        var title = Objects.requireNonNullElse(command.getTitle(), "");
        return new Posted(
                EventKind.MEMBERS,
                List.copyOf(users),
                refs(members),
                List.of(),
                title,
                MembersFold.with(null, title, members, List.of()),
                null);
    }

    private Ruling decideAdd(Command command, Members before, long version) {
        if (!isAdmin(command.getUser(), before)) {
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
        var added = new ArrayList<Member>(users.size());
        users.forEach(u -> added.add(new Member(u, MemberRole.MEMBER, version, 0L)));
        var all = new ArrayList<>(before.getMembers());
        all.addAll(added);
        var former = new ArrayList<>(before.getFormer());
        former.removeAll(users);
        return new Posted(
                EventKind.MEMBERS,
                users(all),
                refs(added),
                List.of(),
                null,
                MembersFold.with(before, before.getTitle(), all, former),
                null);
    }

    private static Ruling decideRemove(Command command, Members before) {
        var leaver = command.getUsers().size() == 1 ? command.getUsers().get(0) : "";
        var member = find(leaver, before);
        boolean leaves = leaver.equals(command.getUser());
        if (!leaves && !isAdmin(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins may remove members");
        }
        if (member == null) {
            return new Unchanged();
        }
        if (!leaves && member.getRole() == MemberRole.OWNER) {
            return new Rejected(DecisionCode.FORBIDDEN, "the owner cannot be removed");
        }
        var rest = new ArrayList<>(before.getMembers());
        rest.remove(member);
        var heir = member.getRole() == MemberRole.OWNER ? promoteHeir(rest) : List.<Member>of();
        var former = new ArrayList<>(before.getFormer());
        former.add(leaver);
        return new Posted(
                EventKind.MEMBERS,
                users(before.getMembers()),
                refs(heir),
                List.of(leaver),
                null,
                MembersFold.with(before, before.getTitle(), rest, former),
                null);
    }

    /** Ownership passes to the admin, else the member, who has been there longest; the event lists it with its new role. */
    private static List<Member> promoteHeir(List<Member> rest) {
        int heir = -1;
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i).getRole() == MemberRole.ADMIN) {
                heir = i;
                break;
            }
        }
        if (heir < 0 && !rest.isEmpty()) {
            heir = 0;
        }
        if (heir < 0) {
            return List.of();
        }
        var owner = new Member(
                rest.get(heir).getUser(),
                MemberRole.OWNER,
                rest.get(heir).getJoinedVersion(),
                rest.get(heir).getMutedUntil());
        rest.set(heir, owner);
        return List.of(owner);
    }

    private static Ruling decideTitle(Command command, Members before) {
        if (!isAdmin(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins may set the title");
        }
        var title = command.getTitle();
        if (title == null) {
            return new Rejected(DecisionCode.INVALID, "title is missing");
        }
        if (title.equals(before.getTitle())) {
            return new Unchanged();
        }
        return new Posted(
                EventKind.CONVERSATION,
                users(before.getMembers()),
                List.of(),
                List.of(),
                title,
                MembersFold.with(before, title, before.getMembers(), before.getFormer()),
                null);
    }

    private static @Nullable Member find(String user, Members members) {
        for (var member : members.getMembers()) {
            if (member.getUser().equals(user)) {
                return member;
            }
        }
        return null;
    }

    private static List<String> users(List<Member> members) {
        return members.stream().map(Member::getUser).toList();
    }

    private static List<MemberRef> refs(List<Member> members) {
        return members.stream()
                .map(m -> new MemberRef(m.getUser(), Role.valueOf(m.getRole().name())))
                .toList();
    }

    private static boolean wellFormed(Iterable<String> users) {
        try {
            users.forEach(UserId::new);
            return true;
        } catch (InvalidIdException e) {
            return false;
        }
    }

    private static Rejected notFound() {
        return new Rejected(DecisionCode.NOT_FOUND, "there is no such conversation");
    }
}
