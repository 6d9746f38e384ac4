package io.millrace.client.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import org.jspecify.annotations.Nullable;

/**
 * One line of a conversation list.
 *
 * @param readSeq the user has read through here, on whichever device
 * @param request begun by somebody to whom the user has never written
 * @param last the last message as the server shows it, null where there is none
 */
public record ConversationSummary(
        String conversation,
        String kind,
        @Nullable String title,
        long lastSeq,
        long lastVersion,
        long readSeq,
        long unread,
        long unreadMentions,
        Settings settings,
        boolean request,
        @Nullable JsonNode last,
        long updatedAtMs) {

    public static ConversationSummary read(JsonNode node) {
        return new ConversationSummary(
                Json.text(node, "conversation"),
                Json.text(node, "kind"),
                Json.textOrNull(node, "title"),
                Json.number(node, "lastSeq", 0),
                Json.number(node, "lastVersion", 0),
                Json.number(node, "readSeq", 0),
                Json.number(node, "unread", 0),
                Json.number(node, "unreadMentions", 0),
                Settings.read(node),
                Json.flag(node, "request"),
                Json.nodeOrNull(node, "last"),
                Json.number(node, "updatedAt", 0));
    }

    /** Without the last message. */
    @Override
    public String toString() {
        return "ConversationSummary[" + conversation + ", lastSeq=" + lastSeq + ", unread=" + unread + "]";
    }
}
