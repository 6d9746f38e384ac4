package io.millrace.timeline.conversation;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * How far a conversation is applied: every row through {@code version} is written.
 *
 * @param version contiguous applied version, 0 before the first event
 * @param seq last message at that version
 * @param stamp write timestamp of the event at that version, microseconds
 * @param hash chained hash at that version; null where the event could not be read
 * @param offset offset in the log of the record that was applied last, -1 before the first
 */
public record ConversationHead(
        long version, long seq, long stamp, @Nullable Hash128 hash, long offset) {
    /** Before the first event. */
    public static final ConversationHead NONE = new ConversationHead(0, 0, 0, ChainHash.NONE, -1);
}
