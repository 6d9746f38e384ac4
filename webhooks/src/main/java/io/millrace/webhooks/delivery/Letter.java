package io.millrace.webhooks.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.service.bodies.Bodies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An event as it is sent: the JSON of the pull API's events, with the event's id before it. */
public record Letter(ConversationEvent event) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Names the event for ever: conversation and version. */
    public String id() {
        return event.getConversation() + "/" + event.getVersion();
    }

    /**
     * The body as UTF-8.
     *
     * @param bodies what reads the body of the event
     * @param nowMs a message that has expired by then is told without its body
     */
    byte[] body(Bodies bodies, long nowMs) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", id());
            json.writeStringField("conversation", event.getConversation());
            json.writeNumberField("version", event.getVersion());
            json.writeNumberField("at", event.getAt().toEpochMilli());
            json.writeObjectFieldStart("event");
            EventJson.writeTo(json, bodies.readable(event), nowMs);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Its id alone: the event may hold what people wrote. */
    @Override
    public String toString() {
        return "Letter[" + id() + "]";
    }
}
