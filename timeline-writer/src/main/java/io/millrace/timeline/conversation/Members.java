package io.millrace.timeline.conversation;

import io.millrace.schemas.id.ConversationId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is a member after a version, and with which role. */
public final class Members {
    private Members() {}

    /** Whether the role runs a group; null for somebody who is no member. */
    public static boolean runs(@Nullable String role) {
        return "OWNER".equals(role) || "ADMIN".equals(role);
    }

    /** The two users of a direct conversation; one in one's own notes. */
    public static Map<String, String> ofDirect(ConversationId conversation) {
        var members = new TreeMap<String, String>();
        members.put(conversation.first().value(), "MEMBER");
        members.put(conversation.second().value(), "MEMBER");
        return members;
    }

    /**
     * Roles by user once the event of that version has happened.
     *
     * @param changes of all users; those of one user in order of version
     */
    public static Map<String, String> after(long version, List<MemberChange> changes) {
        var members = new TreeMap<String, String>();
        for (var change : changes) {
            if (change.version() > version) {
                continue;
            }
            if (change.joined()) {
                members.put(change.user(), change.role());
            } else {
                members.remove(change.user());
            }
        }
        return members;
    }
}
