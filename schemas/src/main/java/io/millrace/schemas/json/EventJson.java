package io.millrace.schemas.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schemas.record.ConversationEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event of a conversation in the words of the client protocol, without what only the one who caused it is shown. The
 * body goes in as it is stored, unparsed. An event of a kind that this build does not know becomes kind
 * {@code unknown}, so that versions stay consecutive. Stateless.
 */
public final class EventJson {
    private EventJson() {}

    /**
     * Writes the members of the object {@code event}, which is open.
     *
     * @param nowMs a message that has expired by then is told without its body
     */
    public static void writeTo(JsonGenerator json, ConversationEvent event, long nowMs) throws IOException {
        switch (event.getKind()) {
            case MESSAGE -> {
                kind(json, readable(event) ? "message" : "unreadable");
                number(json, "seq", event.getSeq());
                text(json, "messageId", event.getMessageId());
                json.writeStringField("from", event.getFrom());
                message(json, event, nowMs);
                if (!event.getCounted()) {
                    json.writeBooleanField("counted", false);
                }
                if (!event.getNotify()) {
                    json.writeBooleanField("notify", false);
                }
            }
            case SCHEDULED -> {
                kind(json, readable(event) ? "scheduled" : "unreadable");
                message(json, event, nowMs);
                number(json, "sendAt", ms(event.getSendAt()));
                json.writeStringField("by", event.getFrom());
            }
            case UNSCHEDULED -> {
                kind(json, "unscheduled");
                number(json, "scheduled", event.getTargetVersion());
                text(json, "code", event.getCode());
                json.writeStringField("by", event.getFrom());
            }
            case LINK -> {
                kind(json, "link");
                text(json, "link", event.getLink());
                nullable(json, "until", ms(event.getLinkUntil()));
                json.writeStringField("by", event.getFrom());
            }
            case EDITED -> {
                kind(json, readable(event) ? "edited" : "unreadable");
                number(json, "seq", event.getTargetSeq());
                if (isExpired(event, nowMs)) {
                    json.writeBooleanField("expired", true);
                } else if (readable(event)) {
                    body(json, event.getBody());
                }
                json.writeStringField("by", event.getFrom());
            }
            case RECALLED -> {
                kind(json, "recalled");
                number(json, "seq", event.getTargetSeq());
                json.writeStringField("by", event.getFrom());
            }
            case REACTION -> {
                kind(json, "reaction");
                number(json, "seq", event.getTargetSeq());
                text(json, "emoji", event.getEmoji());
                json.writeStringField("op", event.getReactionRemoved() ? "remove" : "add");
                json.writeStringField("by", event.getFrom());
            }
            case MEMBERS -> members(json, event);
            case CONVERSATION -> {
                kind(json, "conversation");
                text(json, "title", event.getTitle());
                text(json, "announcement", event.getAnnouncement());
                var rule = event.getJoinRule();
                text(json, "joinRule", rule == null ? null : rule.name().toLowerCase(Locale.ROOT));
                json.writeStringField("by", event.getFrom());
            }
            case MUTED -> {
                kind(json, "muted");
                texts(json, "users", event.getMuted());
                nullable(json, "until", ms(event.getMutedUntil()));
                json.writeStringField("by", event.getFrom());
            }
            case BLOCKED, UNBLOCKED -> {
                kind(json, event.getKind().name().toLowerCase(Locale.ROOT));
                json.writeStringField("by", event.getFrom());
            }
            case DISSOLVED -> {
                kind(json, "dissolved");
                texts(json, "removed", event.getRemoved());
                json.writeStringField("by", event.getFrom());
            }
            case READ, SETTINGS, UNKNOWN -> kind(json, "unknown");
        }
    }

    /** What a message says, and one that waits. */
    private static void message(JsonGenerator json, ConversationEvent event, long nowMs) throws IOException {
        boolean expired = isExpired(event, nowMs);
        if (readable(event) && !expired) {
            body(json, event.getBody());
        }
        nullable(json, "replyTo", event.getReplyTo());
        texts(json, "mentions", event.getMentions());
        if (event.getMentionAll()) {
            json.writeBooleanField("mentionAll", true);
        }
        number(json, "expiresAt", ms(event.getExpiresAt()));
        if (expired) {
            json.writeBooleanField("expired", true);
        }
    }

    private static boolean isExpired(ConversationEvent event, long nowMs) {
        var expiresAt = ms(event.getExpiresAt());
        return expiresAt != null && expiresAt <= nowMs;
    }

    private static @Nullable Long ms(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }

    private static void members(JsonGenerator json, ConversationEvent event) throws IOException {
        kind(json, "members");
        json.writeArrayFieldStart("added");
        for (var member : event.getAdded()) {
            json.writeString(member.getUser());
        }
        json.writeEndArray();
        texts(json, "removed", event.getRemoved());
        json.writeStringField("by", event.getFrom());
        text(json, "title", event.getTitle());
        json.writeObjectFieldStart("roles");
        for (var member : event.getAdded()) {
            json.writeStringField(member.getUser(), member.getRole().name().toLowerCase(Locale.ROOT));
        }
        json.writeEndObject();
    }

    /** A body under a key that is not at hand cannot be shown. */
    private static boolean readable(ConversationEvent event) {
        return event.getBodyKey() == null && event.getBody().hasRemaining();
    }

    private static void body(JsonGenerator json, ByteBuffer body) throws IOException {
        json.writeFieldName("body");
        json.writeRawValue(StandardCharsets.UTF_8.decode(body.duplicate()).toString());
    }

    private static void kind(JsonGenerator json, String kind) throws IOException {
        json.writeStringField("kind", kind);
    }

    private static void number(JsonGenerator json, String name, @Nullable Long number) throws IOException {
        if (number != null) {
            json.writeNumberField(name, number);
        }
    }

    private static void nullable(JsonGenerator json, String name, @Nullable Long number) throws IOException {
        if (number == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, number);
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
