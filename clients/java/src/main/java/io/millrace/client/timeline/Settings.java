package io.millrace.client.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a user keeps a conversation for itself; the same on all of its devices, and nobody else's concern.
 *
 * @param muted left out of the total of unread messages
 * @param pinned shown above the others
 * @param hidden not shown until the next message
 * @param clearedSeq messages through here are not shown any more
 * @param draft body of a message that is being written; null for none
 */
public record Settings(
        boolean muted,
        boolean pinned,
        boolean hidden,
        long clearedSeq,
        @Nullable JsonNode draft) {

    static Settings read(JsonNode node) {
        return new Settings(
                Json.flag(node, "muted"),
                Json.flag(node, "pinned"),
                Json.flag(node, "hidden"),
                Json.number(node, "clearedSeq", 0),
                Json.nodeOrNull(node, "draft"));
    }

    /** Without the draft: what people write does not belong in a log. */
    @Override
    public String toString() {
        return "Settings[muted=" + muted + ", pinned=" + pinned + ", hidden=" + hidden + ", clearedSeq=" + clearedSeq
                + "]";
    }
}
