package io.millrace.timeline.replay;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whose timelines get an entry of each event of one conversation: its events are taken from the first on, in order. */
final class Recipients {
    private final boolean direct;
    private final Map<String, Role> members = new LinkedHashMap<>();

    Recipients(ConversationId conversation) {
        direct = conversation.kind() == ConversationId.Kind.DIRECT;
        if (direct) {
            members.put(conversation.first().value(), Role.MEMBER);
            members.put(conversation.second().value(), Role.MEMBER);
        }
    }

    /** Who gets the next event. */
    Set<String> next(ConversationEvent event) {
        var recipients = new TreeSet<String>();
        switch (event.getKind()) {
            case MESSAGE, EDITED, RECALLED, REACTION -> recipients.addAll(members.keySet());
            case MEMBERS, DISSOLVED, CONVERSATION, MUTED -> {
                recipients.addAll(members.keySet());
                change(event);
                recipients.addAll(members.keySet());
            }
            case LINK ->
                members.forEach((user, role) -> {
                    if (role != Role.MEMBER) {
                        recipients.add(user);
                    }
                });
            case BLOCKED, UNBLOCKED, SCHEDULED, UNSCHEDULED -> recipients.add(event.getFrom());
            case READ, SETTINGS, UNKNOWN -> {} // never in this topic, or of a kind that a newer release has
        }
        return recipients;
    }

    private void change(ConversationEvent event) {
        event.getRemoved().forEach(members::remove);
        event.getAdded().forEach(added -> members.put(added.getUser(), added.getRole()));
    }

    /** Whether a user belongs to the conversation after what was taken. */
    boolean isMember(String user) {
        return members.containsKey(user);
    }
}
