package io.millrace.timeline.pull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.timeline.conversation.Content;
import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Traits;
import io.millrace.timeline.conversation.WaitingMessage;
import io.millrace.timeline.timeline.KeptSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the {@code event} of the client protocol, the same that is pushed. Bodies are spliced in as they came. */
final class EventJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EventJson() {}

    /**
     * Whether the page must stop before this event, because a part of it is younger than the applied version.
     *
     * @param slice of the event's conversation
     */
    static boolean pending(EventFacts e, Slice slice) {
        var version = e.version();
        if (version != null && slice.visibility().pending(version)) {
            return true;
        }
        var message = e.needsMessage() ? message(e, slice) : null;
        return message != null && Content.of(message, slice.visibility()) == Content.PENDING;
    }

    /** Writes an event that is not pending. */
    static void write(JsonGenerator out, String viewer, EventFacts e, Slice slice) throws IOException {
        var version = e.version();
        boolean visible = version == null || slice.visibility().sees(version) || isOwnAffair(viewer, e);
        out.writeStartObject();
        switch (visible && isFor(viewer, e) ? e.kind() : RowKind.UNREADABLE) {
            case MESSAGE -> message(out, viewer, e, slice);
            case EDITED -> edited(out, e, slice);
            case RECALLED -> {
                kind(out, "recalled", e);
                out.writeStringField("by", e.from());
            }
            case REACTION -> reaction(out, e, event(e, slice));
            case MEMBERS -> members(out, e, event(e, slice));
            case CONVERSATION -> conversation(out, e, event(e, slice));
            case READ -> kind(out, "read", e);
            case MUTED -> muted(out, e, event(e, slice));
            case BLOCKED, UNBLOCKED -> {
                out.writeStringField("kind", e.kind().wireName());
                out.writeStringField("by", e.from());
            }
            case DISSOLVED -> dissolved(out, e, event(e, slice));
            case SETTINGS -> settings(out, e);
            case LINK, UNSCHEDULED -> {
                out.writeStringField("kind", e.kind().wireName());
                details(out, event(e, slice));
                out.writeStringField("by", e.from());
            }
            case SCHEDULED -> scheduled(out, e, slice);
            case UNREADABLE -> out.writeStringField("kind", "unreadable");
        }
        if (visible && viewer.equals(e.from())) {
            own(out, e.clientMessageId(), e.device());
        }
        out.writeEndObject();
    }

    /** Who blocks whom and what waits is the business of the one who does it, a link that of the admins. */
    private static boolean isFor(String viewer, EventFacts e) {
        return !e.kind().confidential() || viewer.equals(e.from()) || (e.kind() == RowKind.LINK && e.told());
    }

    /** What the viewer did for itself and was told stays readable: a message may be taken back after one has left. */
    private static boolean isOwnAffair(String viewer, EventFacts e) {
        return e.told() && e.kind() == RowKind.UNSCHEDULED && viewer.equals(e.from());
    }

    /** Splices what the event says besides; nothing where its row is not there. */
    private static void details(JsonGenerator out, ConversationRow.@Nullable Event event) throws IOException {
        var details = event == null ? null : event.details();
        if (details != null) {
            for (var field : MAPPER.readTree(details).properties()) {
                out.writeFieldName(field.getKey());
                out.writeRawValue(field.getValue().toString());
            }
        }
    }

    /** Without a body once it is over: what became of it stands in a later entry. */
    private static void scheduled(JsonGenerator out, EventFacts e, Slice slice) throws IOException {
        out.writeStringField("kind", "scheduled");
        var message = slice.waiting().get(Objects.requireNonNullElse(e.version(), 0L));
        if (message == null) {
            details(out, event(e, slice));
            out.writeBooleanField("over", true);
        } else {
            waiting(out, message);
        }
        out.writeStringField("by", e.from());
    }

    /** The fields of a message that waits. */
    static void waiting(JsonGenerator out, WaitingMessage message) throws IOException {
        var body = message.body();
        if (body == null) {
            out.writeBooleanField("expired", true);
        } else if (message.bodyKey() == null && body.hasRemaining()) {
            body(out, body);
        }
        number(out, "replyTo", message.replyTo());
        names(out, "mentions", message.mentions());
        if (message.mentionAll()) {
            out.writeBooleanField("mentionAll", true);
        }
        if (message.expiresAtMs() != 0) {
            out.writeNumberField("expiresAt", message.expiresAtMs());
        }
        out.writeNumberField("sendAt", message.sendAtMs());
    }

    /** How a message is treated, where that is not the usual. */
    static void traits(JsonGenerator out, Traits traits, boolean own) throws IOException {
        if (traits.expiresAtMs() != 0) {
            out.writeNumberField("expiresAt", traits.expiresAtMs());
        }
        if (traits.uncounted()) {
            out.writeBooleanField("counted", false);
        }
        if (traits.silent()) {
            out.writeBooleanField("notify", false);
        }
        if (own && traits.scheduledVersion() != 0) {
            out.writeNumberField("scheduled", traits.scheduledVersion());
        }
    }

    private static void muted(JsonGenerator out, EventFacts e, ConversationRow.@Nullable Event event)
            throws IOException {
        if (event == null) {
            out.writeStringField("kind", "unreadable");
            return;
        }
        out.writeStringField("kind", "muted");
        names(out, "users", event.muted());
        number(out, "until", event.mutedUntilMs());
        out.writeStringField("by", e.from());
    }

    private static void dissolved(JsonGenerator out, EventFacts e, ConversationRow.@Nullable Event event)
            throws IOException {
        if (event == null) {
            out.writeStringField("kind", "unreadable");
            return;
        }
        out.writeStringField("kind", "dissolved");
        names(out, "removed", event.removed());
        out.writeStringField("by", e.from());
    }

    private static void settings(JsonGenerator out, EventFacts e) throws IOException {
        out.writeStringField("kind", "settings");
        settings(out, Objects.requireNonNullElse(e.settings(), KeptSettings.FIRST));
        if (e.seq() != null) {
            out.writeNumberField("deletedSeq", e.seq());
        }
    }

    /** The fields of settings; the draft is spliced in as it came. */
    static void settings(JsonGenerator out, KeptSettings settings) throws IOException {
        out.writeBooleanField("muted", settings.muted());
        out.writeBooleanField("pinned", settings.pinned());
        out.writeBooleanField("hidden", settings.hidden());
        out.writeNumberField("clearedSeq", settings.clearedSeq());
        out.writeFieldName("draft");
        out.writeRawValue(settings.draft().isEmpty() ? "null" : settings.draft());
        out.writeBooleanField("contact", settings.contact());
        out.writeStringField("alias", settings.alias());
        out.writeBooleanField("invisible", settings.invisible());
    }

    /** Splices stored JSON text into the page. */
    static void body(JsonGenerator out, ByteBuffer body) throws IOException {
        out.writeFieldName("body");
        out.writeRawValue(StandardCharsets.UTF_8.decode(body.duplicate()).toString());
    }

    static void names(JsonGenerator out, String field, Collection<String> names) throws IOException {
        out.writeArrayFieldStart(field);
        for (var name : names) {
            out.writeString(name);
        }
        out.writeEndArray();
    }

    static void number(JsonGenerator out, String field, @Nullable Long number) throws IOException {
        if (number == null) {
            out.writeNullField(field);
        } else {
            out.writeNumberField(field, number);
        }
    }

    /** What only the one who caused it is shown. */
    static void own(JsonGenerator out, @Nullable String clientMessageId, @Nullable String device) throws IOException {
        if (clientMessageId != null) {
            out.writeStringField("clientMessageId", clientMessageId);
        }
        if (device != null) {
            out.writeStringField("device", device);
        }
    }

    private static void message(JsonGenerator out, String viewer, EventFacts e, Slice slice) throws IOException {
        var message = message(e, slice);
        var content = message == null ? Content.UNREADABLE : Content.of(message, slice.visibility());
        if (message == null || content == Content.UNREADABLE) {
            kind(out, "unreadable", e);
            return;
        }
        kind(out, "message", e);
        out.writeStringField("messageId", message.messageId());
        out.writeStringField("from", message.from());
        var body = message.body();
        if (content == Content.EXPIRED) {
            out.writeBooleanField("expired", true);
        } else if (content == Content.RECALLED || body == null) {
            out.writeBooleanField("recalled", true);
        } else {
            body(out, body);
            if (message.edited()) {
                out.writeBooleanField("edited", true);
                out.writeNumberField("editedAt", message.editedAtMs());
            }
        }
        number(out, "replyTo", message.replyTo());
        names(out, "mentions", message.mentions());
        if (message.mentionAll()) {
            out.writeBooleanField("mentionAll", true);
        }
        if (e.hidden()) {
            out.writeBooleanField("hidden", true);
        }
        traits(out, message.traits(), viewer.equals(message.from()));
    }

    private static void edited(JsonGenerator out, EventFacts e, Slice slice) throws IOException {
        var message = message(e, slice);
        var content = message == null ? Content.UNREADABLE : Content.of(message, slice.visibility());
        if (message == null || content == Content.UNREADABLE) {
            kind(out, "unreadable", e);
            return;
        }
        kind(out, "edited", e);
        var body = message.body();
        if (content == Content.EXPIRED) {
            out.writeBooleanField("expired", true);
        } else if (content == Content.RECALLED || body == null) {
            out.writeBooleanField("recalled", true);
        } else {
            body(out, body);
        }
        out.writeStringField("by", e.from());
    }

    private static void reaction(JsonGenerator out, EventFacts e, ConversationRow.@Nullable Event event)
            throws IOException {
        if (event == null) {
            kind(out, "unreadable", e);
            return;
        }
        kind(out, "reaction", e);
        out.writeStringField("emoji", event.emoji());
        out.writeStringField("op", event.reactionRemoved() ? "remove" : "add");
        out.writeStringField("by", e.from());
    }

    private static void members(JsonGenerator out, EventFacts e, ConversationRow.@Nullable Event event)
            throws IOException {
        if (event == null) {
            out.writeStringField("kind", "unreadable");
            return;
        }
        out.writeStringField("kind", "members");
        names(out, "added", event.added().keySet());
        names(out, "removed", event.removed());
        out.writeStringField("by", e.from());
        var title = event.title();
        if (title != null) {
            out.writeStringField("title", title);
        }
        out.writeObjectFieldStart("roles");
        for (var role : event.added().entrySet()) {
            out.writeStringField(role.getKey(), role.getValue().toLowerCase(Locale.ROOT));
        }
        out.writeEndObject();
    }

    private static void conversation(JsonGenerator out, EventFacts e, ConversationRow.@Nullable Event event)
            throws IOException {
        if (event == null) {
            out.writeStringField("kind", "unreadable");
            return;
        }
        out.writeStringField("kind", "conversation");
        var title = event.title();
        if (title != null) {
            out.writeStringField("title", title);
        }
        details(out, event);
        out.writeStringField("by", e.from());
    }

    private static void kind(JsonGenerator out, String kind, EventFacts e) throws IOException {
        out.writeStringField("kind", kind);
        number(out, "seq", e.seq());
    }

    private static @Nullable StoredMessage message(EventFacts e, Slice slice) {
        return slice.messages().get(Objects.requireNonNullElse(e.seq(), 0L));
    }

    private static ConversationRow.@Nullable Event event(EventFacts e, Slice slice) {
        return slice.events().get(Objects.requireNonNullElse(e.version(), 0L));
    }
}
