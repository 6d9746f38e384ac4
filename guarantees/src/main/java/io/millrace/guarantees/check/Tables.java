package io.millrace.guarantees.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every row of the projection, in any order. */
public record Tables(
        List<MessageRow> messages,
        List<EventRow> events,
        List<EntryRow> entries,
        List<AppliedRow> applied,
        List<Box> boxes) {
    public Tables {
        messages = List.copyOf(messages);
        events = List.copyOf(events);
        entries = List.copyOf(entries);
        applied = List.copyOf(applied);
        boxes = List.copyOf(boxes);
    }

    /**
     * A message as it stands.
     *
     * @param bodyHash null where it has no body any more
     */
    public record MessageRow(
            String conversation,
            long seq,
            long version,
            String messageId,
            String from,
            String key,
            @Nullable String bodyHash) {}

    /** @param hash of the chain, in hexadecimal digits */
    public record EventRow(
            String conversation, long version, @Nullable Long seq, String hash) {}

    /** @param hash of the chain, in hexadecimal digits */
    public record EntryRow(
            String user,
            long position,
            String conversation,
            @Nullable Long version,
            @Nullable Long seq,
            String hash,
            long unread,
            long totalUnread) {}

    /** How far a conversation is written without a hole. */
    public record AppliedRow(String conversation, long version, long seq) {}
}
