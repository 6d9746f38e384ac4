package io.millrace.client.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;

/** Reads decisions out of answers, and out of the own entry that stands for one. */
final class Decisions {
    private Decisions() {}

    static Decision.Posted posted(JsonNode frame) {
        return new Decision.Posted(
                Json.text(frame, "conversation"),
                Json.numberOrNull(frame, "seq"),
                Json.numberOrNull(frame, "version"),
                Json.textOrNull(frame, "messageId"),
                Json.number(frame, "at", 0),
                Json.flag(frame, "duplicate"),
                Json.flag(frame, "unchanged"),
                Json.flag(frame, "scheduled"));
    }

    static Decision.Posted posted(Entry entry) {
        Long seq = null;
        String messageId = null;
        if (entry.event() instanceof Event.Message message) {
            seq = message.seq();
            messageId = message.messageId();
        }
        boolean scheduled = entry.event() instanceof Event.Scheduled;
        return new Decision.Posted(
                entry.conversation(), seq, entry.version(), messageId, entry.atMs(), false, false, scheduled);
    }

    static Decision.Rejected rejected(JsonNode frame) {
        return new Decision.Rejected(Json.text(frame, "code"), message(frame), Json.flag(frame, "duplicate"));
    }

    static Decision.Refused refused(JsonNode frame) {
        return new Decision.Refused(Json.text(frame, "code"), message(frame));
    }

    private static String message(JsonNode frame) {
        String message = Json.textOrNull(frame, "message");
        return message == null ? "" : message;
    }
}
