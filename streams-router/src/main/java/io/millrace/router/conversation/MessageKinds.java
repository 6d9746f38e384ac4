package io.millrace.router.conversation;

import io.millrace.schemas.id.ConversationId;
import java.util.Map;

/**
 * How messages are treated by their kind, per kind of conversation. A new kind is a row. A kind that has no row is
 * treated as {@code custom}: a body is the clients' own affair.
 */
final class MessageKinds {
    /**
     * Policy of a kind.
     *
     * @param stored gets a seq, is kept, and is sent again until a device has it; else it is told to the sessions that are
     *     there and forgotten
     * @param counted counts as unread
     * @param notifies devices may make a noise for it
     * @param service may be sent with a service token alone
     */
    record Policy(boolean stored, boolean counted, boolean notifies, boolean service) {}

    private static final Policy MESSAGE = new Policy(true, true, true, false);
    private static final Policy NOTICE = new Policy(true, false, false, true);
    private static final Policy CALL = new Policy(false, false, true, false);

    private static final String OTHERS = "custom";
    private static final Map<String, Policy> CHAT = Map.ofEntries(
            Map.entry("text", MESSAGE),
            Map.entry("image", MESSAGE),
            Map.entry("audio", MESSAGE),
            Map.entry("video", MESSAGE),
            Map.entry("file", MESSAGE),
            Map.entry("location", MESSAGE),
            Map.entry("contact", MESSAGE),
            Map.entry("system", NOTICE),
            Map.entry("call", CALL),
            Map.entry(OTHERS, MESSAGE));
    private static final Map<ConversationId.Kind, Map<String, Policy>> TABLE =
            Map.of(ConversationId.Kind.DIRECT, CHAT, ConversationId.Kind.GROUP, CHAT, ConversationId.Kind.ROOM, CHAT);

    private MessageKinds() {}

    static Policy policy(ConversationId.Kind conversation, String kind) {
        var rows = TABLE.getOrDefault(conversation, CHAT);
        return rows.getOrDefault(kind, rows.getOrDefault(OTHERS, MESSAGE));
    }
}
