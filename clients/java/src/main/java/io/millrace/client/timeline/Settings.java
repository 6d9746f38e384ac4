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
 * @param contact direct conversations: whether the other one is a contact
 * @param alias direct conversations: what the user calls the other one; empty for none
 * @param invisible the conversation with oneself: nobody is told whether the user is there
 */
public record Settings(
        boolean muted,
        boolean pinned,
        boolean hidden,
        long clearedSeq,
        @Nullable JsonNode draft,
        boolean contact,
        String alias,
        boolean invisible) {

    static Settings read(JsonNode node) {
        String alias = Json.textOrNull(node, "alias");
        return new Settings(
                Json.flag(node, "muted"),
                Json.flag(node, "pinned"),
                Json.flag(node, "hidden"),
                Json.number(node, "clearedSeq", 0),
                Json.nodeOrNull(node, "draft"),
                Json.flag(node, "contact"),
                alias == null ? "" : alias,
                Json.flag(node, "invisible"));
    }

    /** Without the draft: what people write does not belong in a log. */
    @Override
    public String toString() {
        return "Settings[muted=" + muted + ", pinned=" + pinned + ", hidden=" + hidden + ", clearedSeq=" + clearedSeq
                + ", contact=" + contact + ", invisible=" + invisible + "]";
    }
}
