package io.millrace.client.timeline;

import java.util.List;

/**
 * A user's conversations as they stand; what a device begins with that cannot, or need not, replay the timeline.
 *
 * @param position every entry through here is in it, later ones may be
 */
public record Snapshot(String epoch, long position, List<ConversationSummary> conversations, long totalUnread) {
    public Snapshot {
        conversations = List.copyOf(conversations);
    }
}
