package io.millrace.edge.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.ReadCursor;
import io.millrace.schemas.record.SettingsChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of an {@code entry} that all sessions share, written once per delivery: from {@code "conversation"} to the
 * closing brace. Stateless.
 */
public final class EntryJson {
    private EntryJson() {}

    /**
     * @param own whether the sessions belong to the user who caused the event and see its device and key
     * @param hidden whether they belong to somebody who has blocked that user
     * @param nowMs a message that has expired by then is told without its body
     */
    public static byte[] event(ConversationEvent event, boolean own, boolean hidden, long nowMs) {
        return tail(JsonText.object(json -> {
            json.writeStringField("conversation", event.getConversation());
            json.writeNumberField("version", event.getVersion());
            json.writeNumberField("at", event.getAt().toEpochMilli());
            json.writeObjectFieldStart("event");
            EventJson.writeTo(json, event, nowMs);
            if (hidden) {
                json.writeBooleanField("hidden", true);
            }
            if (own) {
                json.writeStringField("clientMessageId", event.getClientMessageId());
                text(json, "device", event.getDevice());
                if (event.getKind() == EventKind.MESSAGE) {
                    number(json, "scheduled", event.getTargetVersion());
                }
            }
            json.writeEndObject();
        }));
    }

    /** The user's own read cursor moved; it has no version. */
    public static byte[] read(ReadCursor read) {
        return tail(JsonText.object(json -> {
            json.writeStringField("conversation", read.getConversation());
            json.writeNullField("version");
            json.writeNumberField("at", read.getAt().toEpochMilli());
            json.writeObjectFieldStart("event");
            json.writeStringField("kind", "read");
            json.writeNumberField("seq", read.getSeq());
            json.writeEndObject();
        }));
    }

    /** The user's own settings changed, or it deleted a message for itself; absolute values, no version. */
    public static byte[] settings(SettingsChange change) {
        var settings = change.getSettings();
        return tail(JsonText.object(json -> {
            json.writeStringField("conversation", change.getConversation());
            json.writeNullField("version");
            json.writeNumberField("at", change.getAt().toEpochMilli());
            json.writeObjectFieldStart("event");
            json.writeStringField("kind", "settings");
            json.writeBooleanField("muted", settings.getMuted());
            json.writeBooleanField("pinned", settings.getPinned());
            json.writeBooleanField("hidden", settings.getHidden());
            json.writeNumberField("clearedSeq", settings.getClearedSeq());
            json.writeFieldName("draft");
            var draft = StandardCharsets.UTF_8
                    .decode(settings.getDraft().duplicate())
                    .toString();
            json.writeRawValue(draft.isEmpty() ? "null" : draft);
            json.writeBooleanField("contact", settings.getContact());
            json.writeStringField("alias", settings.getAlias());
            json.writeBooleanField("invisible", settings.getInvisible());
            number(json, "deletedSeq", change.getDeletedSeq());
            text(json, "clientMessageId", change.getClientMessageId());
            text(json, "device", change.getDevice());
            json.writeEndObject();
        }));
    }

    private static void number(JsonGenerator json, String name, @Nullable Long number) throws IOException {
        if (number != null) {
            json.writeNumberField(name, number);
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    /** Without the opening brace: position and frame type, which differ per session, go before it. */
    private static byte[] tail(byte[] object) {
        var tail = new byte[object.length - 1];
        System.arraycopy(object, 1, tail, 0, tail.length);
        return tail;
    }
}
