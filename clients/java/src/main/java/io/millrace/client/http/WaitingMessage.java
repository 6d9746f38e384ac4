package io.millrace.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of the user that waits for its time.
 *
 * @param version of its event, by which it is taken back
 * @param sendAtMs when it is posted, epoch milliseconds
 * @param expiresAtMs when it is not shown any more; null for never
 */
public record WaitingMessage(
        long version,
        long sendAtMs,
        @Nullable Long expiresAtMs,
        @Nullable JsonNode body,
        @Nullable Long replyTo,
        List<String> mentions,
        @Nullable String clientMessageId) {
    public WaitingMessage {
        mentions = List.copyOf(mentions);
    }

    static List<WaitingMessage> readAll(JsonNode page) {
        JsonNode array = page.get("scheduled");
        if (array == null || !array.isArray()) {
            throw new MalformedFrameException("no array scheduled");
        }
        var waiting = new ArrayList<WaitingMessage>();
        for (JsonNode element : array) {
            waiting.add(new WaitingMessage(
                    Json.number(element, "version"),
                    Json.number(element, "sendAt"),
                    Json.numberOrNull(element, "expiresAt"),
                    Json.nodeOrNull(element, "body"),
                    Json.numberOrNull(element, "replyTo"),
                    Json.names(element, "mentions"),
                    Json.textOrNull(element, "clientMessageId")));
        }
        return waiting;
    }

    /** Without what somebody wrote. */
    @Override
    public String toString() {
        return "WaitingMessage[version=" + version + ", sendAtMs=" + sendAtMs + "]";
    }
}
