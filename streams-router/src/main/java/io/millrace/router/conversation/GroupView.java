package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.state.Member;
import io.millrace.schemas.state.MemberRole;
import io.millrace.schemas.state.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group as somebody sees it who asks something of it. Pure. */
final class GroupView {
    private GroupView() {}

    /** Null for a member; NOT_MEMBER for a former one; NOT_FOUND for everybody else and where there is no group. */
    static @Nullable Rejected refuseOutsider(String user, @Nullable Members members) {
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

    static Rejected notFound() {
        return new Rejected(DecisionCode.NOT_FOUND, "there is no such conversation");
    }

    static @Nullable Member find(String user, Members members) {
        for (var member : members.getMembers()) {
            if (member.getUser().equals(user)) {
                return member;
            }
        }
        return null;
    }

    /** Owner or admin. */
    static boolean isAdmin(String user, Members members) {
        var member = find(user, members);
        return member != null && member.getRole() != MemberRole.MEMBER;
    }

    static boolean isOwner(String user, Members members) {
        var member = find(user, members);
        return member != null && member.getRole() == MemberRole.OWNER;
    }

    /** Whether a member may not send now; owner and admins always may. */
    static boolean isMuted(String user, Members members, long nowMs) {
        var member = find(user, members);
        return member != null
                && member.getRole() == MemberRole.MEMBER
                && Math.max(member.getMutedUntil(), members.getMutedUntil()) > nowMs;
    }

    static List<String> users(Members members) {
        return members.getMembers().stream().map(Member::getUser).toList();
    }

    static MemberRef ref(String user, MemberRole role) {
        return new MemberRef(user, Role.valueOf(role.name()));
    }
}
