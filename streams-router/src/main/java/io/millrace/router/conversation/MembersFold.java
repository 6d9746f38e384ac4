package io.millrace.router.conversation;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.Member;
import io.millrace.schemas.state.MemberRole;
import io.millrace.schemas.state.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group after an event, from the group before it and the event alone. Pure. */
final class MembersFold {
    private MembersFold() {}

    /** Null where the conversation is no group. */
    static @Nullable Members apply(@Nullable Members before, ConversationEvent event) {
        if (event.getKind() == EventKind.CONVERSATION && before != null && event.getTitle() != null) {
            return with(before, event.getTitle(), before.getMembers(), before.getFormer());
        }
        if (event.getKind() != EventKind.MEMBERS) {
            return before;
        }
        var members = new ArrayList<>(before == null ? List.<Member>of() : before.getMembers());
        var former = new ArrayList<>(before == null ? List.<String>of() : before.getFormer());
        for (var user : event.getRemoved()) {
            members.removeIf(m -> m.getUser().equals(user));
            former.add(user);
        }
        for (var added : event.getAdded()) {
            add(members, added, event.getVersion());
            former.remove(added.getUser());
        }
        var title = event.getTitle() != null ? event.getTitle() : before == null ? "" : before.getTitle();
        return with(before, title, members, former);
    }

    /** The state with another title and other people; what else it holds stays. */
    static Members with(@Nullable Members before, String title, List<Member> members, List<String> former) {
        return before == null
                ? new Members(title, members, former, 0L, List.of())
                : new Members(title, members, former, before.getMutedUntil(), before.getBlocking());
    }

    private static void add(List<Member> members, MemberRef added, long version) {
        var role = MemberRole.valueOf(added.getRole().name());
        for (int i = 0; i < members.size(); i++) {
            var present = members.get(i);
            if (present.getUser().equals(added.getUser())) {
                members.set(
                        i, new Member(present.getUser(), role, present.getJoinedVersion(), present.getMutedUntil()));
                return;
            }
        }
        members.add(new Member(added.getUser(), role, version, 0L));
    }
}
