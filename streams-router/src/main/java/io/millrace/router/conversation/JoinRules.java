package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.router.conversation.Ruling.Unchanged;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.state.JoinLink;
import io.millrace.schemas.state.MemberRole;
import io.millrace.schemas.state.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joining by oneself: an open group, or a link that lives. To whom neither opens it, a group does not exist. Pure. */
final class JoinRules {
    /** Links of a group that live at one time. */
    static final int MOST_LINKS = 20;

    private static final long FARTHEST_MS = Duration.ofDays(366).toMillis();

    private JoinRules() {}

    /** Whoever was removed by somebody else comes back by being added alone. */
    static Ruling decideJoin(Command command, @Nullable Members before, int maxMembers, long nowMs) {
        if (before == null) {
            return GroupView.notFound();
        }
        var user = command.getUser();
        if (GroupView.find(user, before) != null) {
            return new Unchanged();
        }
        if (before.getBarred().contains(user)) {
            return new Rejected(DecisionCode.FORBIDDEN, "you were removed from this group; somebody has to add you");
        }
        if (!before.getOpen() && !isLive(command.getLink(), before, nowMs)) {
            return GroupView.notFound();
        }
        if (before.getMembers().isEmpty()) {
            return GroupView.notFound();
        }
        if (before.getMembers().size() >= maxMembers) {
            return new Rejected(DecisionCode.INVALID, "a group has at most " + maxMembers + " members");
        }
        var all = new ArrayList<>(GroupView.users(before));
        all.add(user);
        return Posted.saying(
                EventKind.MEMBERS, all, Said.members(List.of(GroupView.ref(user, MemberRole.MEMBER)), List.of(), null));
    }

    /** Makes a link, moves its end, or revokes it; told to owner and admins. */
    static Ruling decideLink(Command command, Members before, long nowMs) {
        if (!GroupView.isAdmin(command.getUser(), before)) {
            return new Rejected(DecisionCode.FORBIDDEN, "only owner and admins may make links");
        }
        var link = command.getLink();
        if (link == null || link.isEmpty()) {
            return new Rejected(DecisionCode.INVALID, "link is missing");
        }
        long until = command.getUntil() == null ? 0 : command.getUntil().toEpochMilli();
        var known = before.getLinks().stream()
                .filter(each -> each.getLink().equals(link))
                .findFirst()
                .orElse(null);
        if (until <= nowMs) {
            return known == null ? new Unchanged() : told(before, Said.link(link, null));
        }
        if (until - nowMs > FARTHEST_MS) {
            return new Rejected(DecisionCode.INVALID, "a link lives at most 366 days");
        }
        if (known != null && known.getUntil() == until) {
            return new Unchanged();
        }
        return known == null && live(before, nowMs) >= MOST_LINKS
                ? new Rejected(DecisionCode.INVALID, "a group has at most " + MOST_LINKS + " links; revoke one first")
                : told(before, Said.link(link, command.getUntil()));
    }

    private static Posted told(Members members, Said said) {
        var admins = GroupView.users(members).stream()
                .filter(user -> GroupView.isAdmin(user, members))
                .toList();
        return Posted.saying(EventKind.LINK, admins, said);
    }

    private static boolean isLive(@Nullable String link, Members members, long nowMs) {
        return link != null
                && members.getLinks().stream().anyMatch(each -> each.getLink().equals(link) && each.getUntil() > nowMs);
    }

    private static long live(Members members, long nowMs) {
        return members.getLinks().stream()
                .mapToLong(JoinLink::getUntil)
                .filter(until -> until > nowMs)
                .count();
    }
}
