package io.millrace.timeline.pull;

import io.millrace.schemas.id.ConversationId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page of a conversation list begins. It names the last conversation of the page before and the position
 * of the first page, which holds for the whole list: what moves while pages are read lies beyond it and is pulled. A
 * forged cursor shows nothing but the forger's own list.
 *
 * @param epoch numbering of the position
 * @param position position of the first page
 * @param updatedAtMs time of the last conversation shown
 * @param conversation the last conversation shown
 */
record ListCursor(String epoch, long position, long updatedAtMs, String conversation) {
    private static final String VERSION = "1";

    String encode() {
        var text = String.join("|", VERSION, epoch, Long.toString(position), Long.toString(updatedAtMs), conversation);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException 400 for what was not made by {@link #encode} under this epoch */
    static ListCursor decode(String text, String epoch) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
            if (parts.length == 5 && parts[0].equals(VERSION) && parts[1].equals(epoch)) {
                var cursor = new ListCursor(
                        parts[1],
                        Long.parseUnsignedLong(parts[2]),
                        Long.parseLong(parts[3]),
                        new ConversationId(parts[4]).value());
                if (cursor.position >= 0 && cursor.encode().equals(text)) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException e) {
            // not one of ours: answered below like any other
        }
        throw new ProblemException(Problem.invalid("cursor is not one that this list gave; begin again without it"));
    }
}
