package io.millrace.router.user;

/** Names of the second stage. They are a compatibility contract: changelogs are named after the stores. */
public final class UserStores {
    public static final String TIMELINES = "timelines";
    public static final String USER_CONVERSATIONS = "user-conversations";
    public static final String SESSIONS = "sessions";
    public static final String EDGES = "edges";
    public static final String EDGE_SESSIONS = "edge-sessions";
    public static final String EDGE_CLOCK = "edge-clock";
    public static final String DEVICE_CURSORS = "device-cursors";
    public static final String UNDELIVERED = "undelivered";
    public static final String PRESENCE = "presence";
    public static final String LEAVING = "leaving";

    static final String READ_INBOX = "read-inbox";
    static final String READ_USER_COMMANDS = "read-user-commands";
    static final String READ_SIGNALS = "read-signals";
    static final String NUMBER = "number";
    static final String WRITE_ENTRIES = "write-timeline-entries";
    static final String WRITE_RECEIPTS = "write-receipts";
    static final String WRITE_DELIVERIES = "write-deliveries";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private UserStores() {}
}
