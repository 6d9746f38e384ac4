package io.millrace.client.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import java.util.ArrayList;
import java.util.List;

/** Reads entries as {@code entry} frames and pull pages carry them. */
public final class EntryReader {
    private EntryReader() {}

    /** @throws MalformedFrameException if a field that every entry has is missing */
    public static Entry read(JsonNode node) {
        JsonNode event = node.get("event");
        if (event == null || !event.isObject()) {
            throw new MalformedFrameException("entry without event");
        }
        return new Entry(
                Json.number(node, "position"),
                Json.text(node, "conversation"),
                Json.numberOrNull(node, "version"),
                Json.number(node, "at", 0),
                event(event),
                Json.textOrNull(event, "clientMessageId"),
                Json.textOrNull(event, "device"),
                Unread.read(node),
                Json.flag(node, "request"));
    }

    /** @throws MalformedFrameException if there is no array {@code entries} or one of them cannot be read */
    public static List<Entry> readAll(JsonNode node) {
        JsonNode array = node.get("entries");
        if (array == null || !array.isArray()) {
            throw new MalformedFrameException("no array entries");
        }
        var entries = new ArrayList<Entry>(array.size());
        for (JsonNode element : array) {
            entries.add(read(element));
        }
        return entries;
    }

    /** An event that lacks what its kind needs is passed over like an unknown one: it must not hold up the log. */
    private static Event event(JsonNode event) {
        String kind = Json.text(event, "kind");
        try {
            return event(kind, event);
        } catch (MalformedFrameException e) {
            return new Event.Other(kind);
        }
    }

    private static Event event(String kind, JsonNode event) {
        return switch (kind) {
            case "message" -> message(event);
            case "scheduled" ->
                new Event.Scheduled(
                        Json.nodeOrNull(event, "body"),
                        Json.numberOrNull(event, "replyTo"),
                        Json.names(event, "mentions"),
                        Json.flag(event, "mentionAll"),
                        Json.number(event, "sendAt"),
                        Json.numberOrNull(event, "expiresAt"));
            case "unscheduled" ->
                new Event.Unscheduled(Json.number(event, "scheduled"), Json.textOrNull(event, "code"));
            case "edited" ->
                new Event.Edited(
                        Json.number(event, "seq"), Json.nodeOrNull(event, "body"), Json.textOrNull(event, "by"));
            case "recalled" -> new Event.Recalled(Json.number(event, "seq"), Json.textOrNull(event, "by"));
            case "reaction" ->
                new Event.Reaction(
                        Json.number(event, "seq"),
                        Json.text(event, "emoji"),
                        !"remove".equals(Json.textOrNull(event, "op")),
                        Json.textOrNull(event, "by"));
            case "read" -> new Event.Read(Json.number(event, "seq"));
            case "members" ->
                new Event.Members(
                        Json.names(event, "added"),
                        Json.names(event, "removed"),
                        Json.texts(event, "roles"),
                        Json.textOrNull(event, "title"),
                        Json.textOrNull(event, "by"));
            case "conversation" ->
                new Event.ConversationChanged(
                        Json.textOrNull(event, "title"),
                        Json.textOrNull(event, "announcement"),
                        Json.textOrNull(event, "joinRule"),
                        Json.textOrNull(event, "by"));
            case "link" ->
                new Event.Link(
                        Json.text(event, "link"), Json.numberOrNull(event, "until"), Json.textOrNull(event, "by"));
            case "muted" ->
                new Event.Muted(
                        Json.names(event, "users"), Json.numberOrNull(event, "until"), Json.textOrNull(event, "by"));
            case "blocked" -> new Event.Blocked(true);
            case "unblocked" -> new Event.Blocked(false);
            case "dissolved" -> new Event.Dissolved(Json.textOrNull(event, "by"));
            case "settings" -> new Event.SettingsChanged(Settings.read(event), Json.numberOrNull(event, "deletedSeq"));
            case "unreadable" -> new Event.Unreadable();
            default -> new Event.Other(kind);
        };
    }

    private static Event message(JsonNode event) {
        return new Event.Message(
                Json.number(event, "seq"),
                Json.text(event, "messageId"),
                Json.text(event, "from"),
                Json.nodeOrNull(event, "body"),
                Json.flag(event, "recalled"),
                Json.numberOrNull(event, "replyTo"),
                Json.names(event, "mentions"),
                Json.flag(event, "mentionAll"),
                Json.flag(event, "hidden"),
                isFalse(event, "notify"),
                !isFalse(event, "counted"),
                Json.numberOrNull(event, "expiresAt"),
                Json.flag(event, "expired"),
                Json.numberOrNull(event, "scheduled"));
    }

    /** What is left out is true. */
    private static boolean isFalse(JsonNode event, String field) {
        return event.path(field).isBoolean() && !event.path(field).booleanValue();
    }
}
