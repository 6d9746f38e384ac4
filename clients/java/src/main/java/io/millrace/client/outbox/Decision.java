package io.millrace.client.outbox;

import org.jspecify.annotations.Nullable;

/** How a command ended. Final: a retry with the same key gets the same one again. */
public sealed interface Decision {
    /**
     * It stands.
     *
     * @param seq number of the message; null for other commands, and where the message waits for its time
     * @param version number of the event; null for {@code read}, or where nothing changed
     * @param atMs when it was decided first, epoch milliseconds
     * @param duplicate true when an earlier transmission had been decided
     * @param scheduled the message waits for its time; {@code version} is what it is taken back by
     */
    record Posted(
            String conversation,
            @Nullable Long seq,
            @Nullable Long version,
            @Nullable String messageId,
            long atMs,
            boolean duplicate,
            boolean unchanged,
            boolean scheduled)
            implements Decision {}

    /** The conversation refused it; {@code code} as the protocol lists them. */
    record Rejected(String code, String message, boolean duplicate) implements Decision {}

    /** The server did not understand it and stored nothing; sending it again would not help. */
    record Refused(String code, String message) implements Decision {}
}
