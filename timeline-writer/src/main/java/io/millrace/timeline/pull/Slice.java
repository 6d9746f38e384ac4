package io.millrace.timeline.pull;

import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Visibility;
import java.util.Map;

/**
 * What a page needs of one conversation.
 *
 * @param visibility what the asking user may see of it
 * @param messages by seq, as they stand now
 * @param events by version
 */
record Slice(Visibility visibility, Map<Long, StoredMessage> messages, Map<Long, ConversationRow.Event> events) {}
