package io.millrace.router.conversation;

/** Names of the first stage. They are a compatibility contract: changelogs are named after the stores. */
public final class ConversationStores {
    public static final String DEDUP = "dedup";
    public static final String CONVERSATIONS = "conversations";
    public static final String MEMBERS = "members";
    public static final String MESSAGES = "messages";
    public static final String SCHEDULED = "scheduled";
    public static final String SCHEDULED_BY_TIME = "scheduled-by-time";

    static final String READ_COMMANDS = "read-commands";
    static final String READ_RECEIPTS = "read-receipts";
    static final String DECIDE = "decide";
    static final String TELL_RECEIPTS = "tell-receipts";
    static final String WRITE_EVENTS = "write-conversation-events";
    static final String WRITE_INBOX = "write-inbox";
    static final String WRITE_COMMANDS = "write-commands";
    static final String WRITE_SIGNALS = "write-signals";
    static final String WRITE_REJECTIONS = "write-rejections";
    static final String WRITE_DELIVERIES = "write-deliveries";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private ConversationStores() {}
}
