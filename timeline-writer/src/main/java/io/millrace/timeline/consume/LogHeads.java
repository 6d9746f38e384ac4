package io.millrace.timeline.consume;

import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.timeline.TimelineHead;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the keys of one partition follow from the log alone: conversations or timelines, by what the partition is of.
 * All keys stay in memory, some 200 bytes each. Used by one thread at a time.
 */
public final class LogHeads {
    private final Map<String, ConversationHead> conversations = new HashMap<>();
    private final Map<String, TimelineHead> timelines = new HashMap<>();

    /** By conversation; may be filled before the first batch. */
    public Map<String, ConversationHead> conversations() {
        return conversations;
    }

    /** By user; may be filled before the first batch. */
    public Map<String, TimelineHead> timelines() {
        return timelines;
    }
}
