package io.millrace.webhooks.dispatch;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * When the event at a committed offset was sent first, kept beside the offset: its age goes on in the next life. Without
 * it a dispatcher that is restarted every day would never give anything up.
 */
final class FirstAttempt {
    private static final String PREFIX = "first attempt ";

    private FirstAttempt() {}

    /** @param at null: it was not sent yet */
    static OffsetAndMetadata beside(long offset, @Nullable Instant at) {
        return at == null ? new OffsetAndMetadata(offset) : new OffsetAndMetadata(offset, PREFIX + at);
    }

    /** Empty where nothing was kept, or by somebody else. */
    static Optional<Instant> in(OffsetAndMetadata committed) {
        var text = committed.metadata();
        if (text == null || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text.substring(PREFIX.length())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
