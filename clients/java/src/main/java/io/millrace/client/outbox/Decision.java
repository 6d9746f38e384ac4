package io.millrace.client.outbox;

import org.jspecify.annotations.Nullable;

/** How a command ended. Final: a retry with the same key gets the same one again. */
public sealed interface Decision {
    /**
     * It stands.
     *
     * @param seq number of the message; null for other commands
     * @param version number of the event; null for {@code read}, or where nothing changed
     * @param atMs when it was decided first, epoch milliseconds
     * @param duplicate true when an earlier transmission had been decided
     */
    record Posted(
            String conversation,
            @Nullable Long seq,
            @Nullable Long version,
            @Nullable String messageId,
            long atMs,
            boolean duplicate,
            boolean unchanged)
            implements Decision {}

    /** The conversation refused it; {@code code} as the protocol lists them. */
    record Rejected(String code, String message, boolean duplicate) implements Decision {}

    /** The server did not understand it and stored nothing; sending it again would not help. */
    record Refused(String code, String message) implements Decision {}
}
