package io.millrace.guarantees.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.guarantees.history.BodyHash;
import io.millrace.guarantees.history.Line;
import org.jspecify.annotations.Nullable;

/** Writes entries down as a journal keeps them: without bodies. */
public final class Entries {
    private record Facts(
            String kind,
            @Nullable Long seq,
            @Nullable String messageId,
            @Nullable String from,
            @Nullable JsonNode body) {}

    private Entries() {}

    /** @param device whom it was told to */
    public static Line.Delivered delivered(String user, String device, Entry entry, long atNs) {
        var facts = facts(entry.event());
        var unread = entry.unread();
        var body = facts.body();
        return new Line.Delivered(
                user,
                device,
                entry.position(),
                entry.conversation(),
                entry.version(),
                facts.kind(),
                facts.seq(),
                facts.messageId(),
                facts.from(),
                entry.clientMessageId(),
                body == null ? null : BodyHash.of(body),
                unread == null ? null : unread.messages(),
                unread == null ? null : unread.total(),
                atNs);
    }

    private static Facts facts(Event event) {
        if (event instanceof Event.Message message) {
            return new Facts("message", message.seq(), message.messageId(), message.from(), message.body());
        } else if (event instanceof Event.Edited edited) {
            return new Facts("edited", edited.seq(), null, edited.by(), edited.body());
        } else if (event instanceof Event.Recalled recalled) {
            return new Facts("recalled", recalled.seq(), null, recalled.by(), null);
        } else if (event instanceof Event.Read read) {
            return new Facts("read", read.seq(), null, null, null);
        } else if (event instanceof Event.Members members) {
            return new Facts("members", null, null, members.by(), null);
        } else if (event instanceof Event.Unreadable) {
            return new Facts("unreadable", null, null, null, null);
        } else if (event instanceof Event.Other other) {
            return new Facts(other.kind(), null, null, null, null);
        }
        return new Facts(event.getClass().getSimpleName(), null, null, null, null);
    }
}
