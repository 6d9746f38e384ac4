package io.millrace.client.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import org.jspecify.annotations.Nullable;

/**
 * What is unread after an entry, as the server counts it: the same on all of a user's devices. Nothing is to be counted
 * by a device.
 *
 * @param messages in the entry's conversation
 * @param mentions how many of them mention the user
 * @param total over all conversations that are not muted
 */
public record Unread(long messages, long mentions, long total) {
    /** Null where the server says nothing of it. */
    static @Nullable Unread read(JsonNode entry) {
        var messages = Json.numberOrNull(entry, "unread");
        return messages == null
                ? null
                : new Unread(messages, Json.number(entry, "unreadMentions", 0), Json.number(entry, "totalUnread", 0));
    }
}
