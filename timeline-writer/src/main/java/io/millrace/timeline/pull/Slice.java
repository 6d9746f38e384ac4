package io.millrace.timeline.pull;

import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Visibility;
import io.millrace.timeline.conversation.WaitingMessage;
import java.util.Map;

/**
 * What a page needs of one conversation.
 *
 * @param visibility what the asking user may see of it
 * @param messages by seq, as they stand now
 * @param events by version
 * @param waiting by version, the asking user's own messages that wait for their time
 */
record Slice(
        Visibility visibility,
        Map<Long, StoredMessage> messages,
        Map<Long, ConversationRow.Event> events,
        Map<Long, WaitingMessage> waiting) {
    /** Of a user that has no waiting messages there. */
    Slice(Visibility visibility, Map<Long, StoredMessage> messages, Map<Long, ConversationRow.Event> events) {
        this(visibility, messages, events, Map.of());
    }
}
