package io.millrace.router.conversation;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.JoinLink;
import io.millrace.schemas.state.Member;
import io.millrace.schemas.state.MemberRole;
import io.millrace.schemas.state.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to a conversation, may join and speak there and blocks whom, after an event: from what was before it and the
 * event alone. Deciding and rebuilding take the same way. Pure.
 */
final class MembersFold {
    private static final Members NOBODY = Members.newBuilder()
            .setTitle("")
            .setMembers(List.of())
            .setFormer(List.of())
            .build();

    private MembersFold() {}

    /** Null where nothing is to be known of the conversation. */
    static @Nullable Members apply(@Nullable Members before, ConversationEvent event) {
        var members = Objects.requireNonNullElse(before, NOBODY);
        return switch (event.getKind()) {
            case CONVERSATION -> described(members, event);
            case MEMBERS, DISSOLVED -> changed(members, event);
            case MUTED -> muted(members, event);
            case LINK -> linked(members, event);
            case BLOCKED -> blocking(members, event.getFrom(), true);
            case UNBLOCKED -> blocking(members, event.getFrom(), false);
            default -> before;
        };
    }

    /** Whether an event of this kind changes anything here. */
    static boolean concerns(EventKind kind) {
        return switch (kind) {
            case CONVERSATION, MEMBERS, DISSOLVED, MUTED, BLOCKED, UNBLOCKED, LINK -> true;
            case UNKNOWN, MESSAGE, EDITED, RECALLED, REACTION, READ, SETTINGS, SCHEDULED, UNSCHEDULED -> false;
        };
    }

    private static Members described(Members before, ConversationEvent event) {
        boolean open = event.getJoinRule() == null ? before.getOpen() : event.getJoinRule() == JoinRule.OPEN;
        return Members.newBuilder(before)
                .setTitle(Objects.requireNonNullElse(event.getTitle(), before.getTitle()))
                .setAnnouncement(Objects.requireNonNullElse(event.getAnnouncement(), before.getAnnouncement()))
                .setOpen(open)
                .build();
    }

    private static Members changed(Members before, ConversationEvent event) {
        var members = new ArrayList<>(before.getMembers());
        var former = new ArrayList<>(before.getFormer());
        var barred = new ArrayList<>(before.getBarred());
        for (var user : event.getRemoved()) {
            members.removeIf(m -> m.getUser().equals(user));
            former.add(user);
            if (!user.equals(event.getFrom())) {
                barred.add(user);
            }
        }
        for (var added : event.getAdded()) {
            add(members, added, event.getVersion());
            former.remove(added.getUser());
            barred.remove(added.getUser());
        }
        return Members.newBuilder(before)
                .setTitle(event.getTitle() != null ? event.getTitle() : before.getTitle())
                .setMembers(members)
                .setFormer(former)
                .setBarred(barred)
                .build();
    }

    /** Somebody who is a member already gets another role, and may speak again where the role is one that may. */
    private static void add(List<Member> members, MemberRef added, long version) {
        var role = MemberRole.valueOf(added.getRole().name());
        for (int i = 0; i < members.size(); i++) {
            var present = members.get(i);
            if (present.getUser().equals(added.getUser())) {
                long mutedUntil = role == MemberRole.MEMBER ? present.getMutedUntil() : 0;
                members.set(i, new Member(present.getUser(), role, present.getJoinedVersion(), mutedUntil));
                return;
            }
        }
        members.add(new Member(added.getUser(), role, version, 0L));
    }

    private static Members muted(Members before, ConversationEvent event) {
        long until = event.getMutedUntil() == null ? 0 : event.getMutedUntil().toEpochMilli();
        if (event.getMuted().isEmpty()) {
            return Members.newBuilder(before).setMutedUntil(until).build();
        }
        var members = before.getMembers().stream()
                .map(m -> event.getMuted().contains(m.getUser())
                        ? new Member(m.getUser(), m.getRole(), m.getJoinedVersion(), until)
                        : m)
                .toList();
        return Members.newBuilder(before).setMembers(members).build();
    }

    /** Links that are over by the time of this event fall out with it. */
    private static Members linked(Members before, ConversationEvent event) {
        var links = new ArrayList<JoinLink>();
        for (var link : before.getLinks()) {
            if (!link.getLink().equals(event.getLink())
                    && link.getUntil() > event.getAt().toEpochMilli()) {
                links.add(link);
            }
        }
        if (event.getLinkUntil() != null) {
            links.add(new JoinLink(event.getLink(), event.getLinkUntil().toEpochMilli()));
        }
        return Members.newBuilder(before).setLinks(links).build();
    }

    private static Members blocking(Members before, String user, boolean blocks) {
        var blocking = new ArrayList<>(before.getBlocking());
        blocking.remove(user);
        if (blocks) {
            blocking.add(user);
        }
        return Members.newBuilder(before).setBlocking(blocking).build();
    }
}
