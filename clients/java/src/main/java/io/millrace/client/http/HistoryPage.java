package io.millrace.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a conversation as they stand now.
 *
 * @param more whether there are further ones in the direction that was asked for
 */
public record HistoryPage(List<StoredMessage> messages, boolean more) {
    public HistoryPage {
        messages = List.copyOf(messages);
    }

    static HistoryPage read(JsonNode page) {
        JsonNode array = page.get("messages");
        if (array == null || !array.isArray()) {
            throw new MalformedFrameException("no array messages");
        }
        var messages = new ArrayList<StoredMessage>();
        for (JsonNode element : array) {
            messages.add(StoredMessage.read(element));
        }
        return new HistoryPage(messages, Json.flag(page, "more"));
    }

    /**
     * A message after all edits.
     *
     * @param body null where it was recalled or has expired
     * @param expiresAtMs it is not shown any more from then on; null for never
     * @param reactions as the server wrote them, null for none
     */
    public record StoredMessage(
            long seq,
            @Nullable String messageId,
            String from,
            long atMs,
            @Nullable JsonNode body,
            boolean recalled,
            boolean edited,
            @Nullable Long replyTo,
            @Nullable JsonNode reactions,
            @Nullable Long expiresAtMs,
            boolean expired) {

        static StoredMessage read(JsonNode node) {
            return new StoredMessage(
                    Json.number(node, "seq"),
                    Json.textOrNull(node, "messageId"),
                    Json.text(node, "from"),
                    Json.number(node, "at", 0),
                    Json.nodeOrNull(node, "body"),
                    Json.flag(node, "recalled"),
                    Json.flag(node, "edited") || Json.numberOrNull(node, "editedAt") != null,
                    Json.numberOrNull(node, "replyTo"),
                    Json.nodeOrNull(node, "reactions"),
                    Json.numberOrNull(node, "expiresAt"),
                    Json.flag(node, "expired"));
        }

        /** Without what somebody wrote. */
        @Override
        public String toString() {
            return "StoredMessage[seq=" + seq + ", from=" + from + "]";
        }
    }
}
