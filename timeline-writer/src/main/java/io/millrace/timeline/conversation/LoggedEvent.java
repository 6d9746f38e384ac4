package io.millrace.timeline.conversation;

import io.millrace.schemas.record.ConversationEvent;
import org.jspecify.annotations.Nullable;

/**
 * A record of conversation-events as it was read.
 *
 * @param offset its offset in the partition
 * @param atMs its record time, milliseconds since the epoch
 * @param event null if it could not be decoded
 */
public record LoggedEvent(long offset, long atMs, @Nullable ConversationEvent event) {
    @Override
    public String toString() {
        return "LoggedEvent[offset=" + offset + "]";
    }
}
