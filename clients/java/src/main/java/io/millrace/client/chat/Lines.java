package io.millrace.client.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.http.HistoryPage.StoredMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How things look on the screen. */
final class Lines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** In place of what is not shown any more. */
    static final String EXPIRED = "(expired)";

    private Lines() {}

    /** {@code 14:03   12 alice ✓✓ hello}. */
    static String message(long atMs, long seq, String from, String ticks, String text) {
        String sender = ticks.isEmpty() ? from : from + " " + ticks;
        return String.format(
                Locale.ROOT, "%s %4d %-14s %s", TIME.format(Instant.ofEpochMilli(atMs)), seq, sender, text);
    }

    static String stored(StoredMessage message, String ticks) {
        String text = message.recalled() ? "(recalled)" : message.expired() ? EXPIRED : text(message.body());
        String now = message.edited() ? text + " (edited)" : text;
        Long expiresAt = message.expired() ? null : message.expiresAtMs();
        return message(message.atMs(), message.seq(), message.from(), ticks, now + until(expiresAt));
    }

    /** {@code  (until 3 May 14:03)}; nothing for a message that stays. */
    static String until(@Nullable Long expiresAtMs) {
        return expiresAtMs == null ? "" : " (until " + when(expiresAtMs) + ")";
    }

    static String when(long atMs) {
        return DAY_AND_TIME.format(Instant.ofEpochMilli(atMs));
    }

    /** The text of a body, or what kind of thing it is. */
    static String text(@Nullable JsonNode body) {
        if (body == null) {
            return "(recalled)";
        }
        JsonNode text = body.get("text");
        return text != null && text.isTextual()
                ? text.textValue()
                : "[" + body.path("kind").asText("?") + "]";
    }
}
