package io.millrace.webhooks.subscriber;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import java.util.Set;

/** Which events a subscriber gets. */
public record EventFilter(Set<EventKind> kinds, String conversations) {
    public EventFilter {
        kinds = Set.copyOf(kinds);
    }

    public boolean wants(ConversationEvent event) {
        return kinds.contains(event.getKind()) && wants(event.getConversation());
    }

    /** Whether it gets anything of that conversation. */
    public boolean wants(String conversation) {
        return conversation.startsWith(conversations);
    }
}
