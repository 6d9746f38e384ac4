package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.router.conversation.Ruling.Unchanged;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.MemberRole;
import io.millrace.schemas.state.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What owner and admins do to a group besides its membership: title, roles, mutes, its end. The asking user is a member. Pure. */
final class AdminRules {
    private AdminRules() {}

    static Ruling decideRole(Command command, Members before) {
        if (!GroupView.isOwner(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only the owner may give roles");
        }
        var user = command.getUsers().size() == 1 ? command.getUsers().get(0) : "";
        var member = GroupView.find(user, before);
        if (member == null || command.getRole() == null) {
            return new Rejected(DecisionCode.INVALID, "a role is given to one member");
        }
        var role = MemberRole.valueOf(command.getRole().name());
        if (member.getRole() == role) {
            return new Unchanged();
        }
        if (user.equals(command.getUser())) {
            return new Rejected(DecisionCode.FORBIDDEN, "the owner hands the group over before taking another role");
        }
        var changed = new ArrayList<MemberRef>(List.of(GroupView.ref(user, role)));
        if (role == MemberRole.OWNER) {
            changed.add(GroupView.ref(command.getUser(), MemberRole.ADMIN));
        }
        return Posted.saying(EventKind.MEMBERS, GroupView.users(before), Said.members(changed, List.of(), null));
    }

    static Ruling decideMute(Command command, Members before, long nowMs) {
        if (!GroupView.isAdmin(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins may mute");
        }
        var users = new LinkedHashSet<>(command.getUsers());
        for (var user : users) {
            var member = GroupView.find(user, before);
            if (member == null) {
                return new Rejected(DecisionCode.INVALID, "users names somebody who is no member");
            }
            if (member.getRole() != MemberRole.MEMBER) {
                return new Rejected(DecisionCode.FORBIDDEN, "owner and admins cannot be muted");
            }
        }
        var until =
                command.getUntil() == null || command.getUntil().toEpochMilli() <= nowMs ? null : command.getUntil();
        return isSo(before, users, until)
                ? new Unchanged()
                : Posted.saying(EventKind.MUTED, GroupView.users(before), Said.muted(List.copyOf(users), until));
    }

    private static boolean isSo(Members before, Set<String> users, @Nullable Instant until) {
        long untilMs = until == null ? 0 : until.toEpochMilli();
        return users.isEmpty()
                ? before.getMutedUntil() == untilMs
                : before.getMembers().stream()
                        .filter(m -> users.contains(m.getUser()))
                        .allMatch(m -> m.getMutedUntil() == untilMs);
    }

    /** Title, announcement and who may join; what is not named stays. */
    static Ruling decideGroup(Command command, Members before) {
        if (!GroupView.isAdmin(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins may change the group");
        }
        var title = Objects.equals(command.getTitle(), before.getTitle()) ? null : command.getTitle();
        var announcement =
                Objects.equals(command.getAnnouncement(), before.getAnnouncement()) ? null : command.getAnnouncement();
        var rule = command.getJoinRule();
        boolean sameRule = rule == null || (rule == JoinRule.OPEN) == before.getOpen();
        if (command.getTitle() == null && command.getAnnouncement() == null && rule == null) {
            return new Rejected(DecisionCode.INVALID, "title, announcement or joinRule is missing");
        }
        return title == null && announcement == null && sameRule
                ? new Unchanged()
                : Posted.saying(
                        EventKind.CONVERSATION,
                        GroupView.users(before),
                        Said.group(title, announcement, sameRule ? null : rule));
    }

    static Ruling decideDissolve(Command command, Members before) {
        if (!GroupView.isOwner(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only the owner may dissolve the group");
        }
        var everybody = GroupView.users(before);
        return Posted.saying(EventKind.DISSOLVED, everybody, Said.members(List.of(), everybody, null));
    }
}
