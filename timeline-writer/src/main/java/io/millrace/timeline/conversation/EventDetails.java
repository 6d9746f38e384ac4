package io.millrace.timeline.conversation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.record.ConversationEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What events of some kinds say besides, as one JSON object in the words of the client protocol. No body is in it. */
final class EventDetails {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EventDetails() {}

    /** Null where there is nothing to say. */
    static @Nullable String of(ConversationEvent e) {
        var details = MAPPER.createObjectNode();
        switch (e.getKind()) {
            case CONVERSATION -> {
                text(details, "announcement", e.getAnnouncement());
                var rule = e.getJoinRule();
                text(details, "joinRule", rule == null ? null : rule.name().toLowerCase(Locale.ROOT));
            }
            case LINK -> {
                text(details, "link", e.getLink());
                var until = e.getLinkUntil();
                details.put("until", until == null ? null : (Long) until.toEpochMilli());
            }
            case SCHEDULED -> {
                var sendAt = e.getSendAt();
                details.put("sendAt", sendAt == null ? null : (Long) sendAt.toEpochMilli());
            }
            case UNSCHEDULED -> {
                details.put("scheduled", e.getTargetVersion());
                text(details, "code", e.getCode());
            }
            default -> {
                // the columns say all
            }
        }
        return details.isEmpty() ? null : details.toString();
    }

    private static void text(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }
}
