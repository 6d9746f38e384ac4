package io.millrace.timeline.replay;

import io.millrace.timeline.consume.LogHeads;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.timeline.TimelineHead;
import java.util.Map;

/**
 * How far a partition of the log was compared with the store, and found equal.
 *
 * @param offset behind the last record
 * @param conversations how far each conversation was then
 * @param timelines how far each timeline was then
 */
record VerifiedPartition(
        long offset, Map<String, ConversationHead> conversations, Map<String, TimelineHead> timelines) {
    /** Before anything was compared. */
    static final VerifiedPartition NONE = new VerifiedPartition(0, Map.of(), Map.of());

    VerifiedPartition {
        conversations = Map.copyOf(conversations);
        timelines = Map.copyOf(timelines);
    }

    /** The heads to go on behind, to be raised. */
    LogHeads heads() {
        var heads = new LogHeads();
        heads.conversations().putAll(conversations);
        heads.timelines().putAll(timelines);
        return heads;
    }
}
