package io.millrace.timeline.conversation;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of its author that waits for its time. Shows no body in {@code toString}.
 *
 * @param version version of the event that scheduled it
 * @param expiresAtMs 0: it is kept
 * @param body JSON text; null once the end of the message has come before it was posted
 */
public record WaitingMessage(
        long version,
        long atMs,
        long sendAtMs,
        long expiresAtMs,
        String clientMessageId,
        @Nullable ByteBuffer body,
        @Nullable String bodyKey,
        @Nullable Long replyTo,
        List<String> mentions,
        boolean mentionAll) {
    /** The same with its body decrypted. */
    public WaitingMessage inTheClear(ByteBuffer decrypted) {
        return new WaitingMessage(
                version, atMs, sendAtMs, expiresAtMs, clientMessageId, decrypted, null, replyTo, mentions, mentionAll);
    }

    @Override
    public String toString() {
        return "WaitingMessage[version=" + version + ", sendAt=" + sendAtMs + "]";
    }
}
