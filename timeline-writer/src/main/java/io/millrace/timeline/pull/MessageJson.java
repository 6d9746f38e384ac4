package io.millrace.timeline.pull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.timeline.conversation.Content;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Visibility;
import java.io.IOException;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes a message as it stands now: an element of {@code messages} and the {@code last} of a conversation. */
final class MessageJson {
    private MessageJson() {}

    /**
     * @param message null where the log had none that could be read
     * @param hidden whether the viewer had blocked its author
     */
    static void write(
            JsonGenerator out,
            String viewer,
            long seq,
            @Nullable StoredMessage message,
            Visibility visibility,
            boolean hidden)
            throws IOException {
        out.writeStartObject();
        out.writeNumberField("seq", seq);
        if (message == null) {
            out.writeStringField("from", "");
            out.writeBooleanField("unreadable", true);
            out.writeEndObject();
            return;
        }
        out.writeNumberField("version", message.version());
        out.writeStringField("messageId", message.messageId());
        out.writeStringField("from", message.from());
        out.writeNumberField("at", message.atMs());
        content(out, message, Content.of(message, visibility));
        EventJson.number(out, "replyTo", message.replyTo());
        EventJson.names(out, "mentions", message.mentions());
        if (message.mentionAll()) {
            out.writeBooleanField("mentionAll", true);
        }
        if (hidden) {
            out.writeBooleanField("hidden", true);
        }
        EventJson.traits(out, message.traits(), viewer.equals(message.from()));
        reactions(out, message, visibility);
        if (viewer.equals(message.from())) {
            EventJson.own(out, message.clientMessageId(), message.device());
        }
        out.writeEndObject();
    }

    private static void content(JsonGenerator out, StoredMessage message, Content content) throws IOException {
        var body = message.body();
        if (content == Content.BODY && body != null) {
            EventJson.body(out, body);
            if (message.edited()) {
                out.writeBooleanField("edited", true);
                out.writeNumberField("editedAt", message.editedAtMs());
            }
        } else if (content == Content.EXPIRED) {
            out.writeBooleanField("expired", true);
        } else if (content == Content.RECALLED) {
            out.writeBooleanField("recalled", true);
            out.writeNumberField("recalledAt", message.recalledAtMs());
            out.writeStringField("recalledBy", message.recalledBy());
        } else {
            out.writeBooleanField("unreadable", true);
        }
    }

    private static void reactions(JsonGenerator out, StoredMessage message, Visibility visibility) throws IOException {
        var usersByEmoji = new TreeMap<String, TreeSet<String>>();
        message.reactions().forEach((key, version) -> {
            int space = key.indexOf(' ');
            if (version > 0 && space > 0 && visibility.sees(version)) {
                usersByEmoji
                        .computeIfAbsent(key.substring(space + 1), e -> new TreeSet<>())
                        .add(key.substring(0, space));
            }
        });
        out.writeArrayFieldStart("reactions");
        for (var entry : usersByEmoji.entrySet()) {
            out.writeStartObject();
            out.writeStringField("emoji", entry.getKey());
            EventJson.names(out, "users", entry.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
