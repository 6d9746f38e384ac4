package io.millrace.router.user;

import io.millrace.router.runtime.Section;
import io.millrace.schemas.state.EdgeState;
import io.millrace.schemas.state.Presence;
import io.millrace.schemas.state.Sessions;
import io.millrace.schemas.state.TimelineState;
import io.millrace.schemas.state.Undelivered;
import io.millrace.schemas.state.UserConversation;

/** Names of the second stage, and what it remembers. They are a compatibility contract. */
public final class UserStores {
    public static final Section<String, TimelineState> TIMELINES =
            Section.ofRecords("timelines", 't', TimelineState.class);
    public static final Section<String, UserConversation> USER_CONVERSATIONS =
            Section.ofRecords("user-conversations", 'c', UserConversation.class);
    public static final Section<String, Sessions> SESSIONS = Section.ofRecords("sessions", 's', Sessions.class);
    static final Section<String, EdgeState> EDGES = Section.ofRecords("edges", 'e', EdgeState.class);
    static final Section<String, Long> EDGE_SESSIONS = Section.ofNumbers("edge-sessions", 'i');
    static final Section<String, Long> EDGE_CLOCK = Section.ofNumbers("edge-clock", 'k');
    static final Section<String, Long> DEVICE_CURSORS = Section.ofNumbers("device-cursors", 'd');
    static final Section<String, Undelivered> UNDELIVERED = Section.ofRecords("undelivered", 'u', Undelivered.class);
    static final Section<String, Presence> PRESENCE = Section.ofRecords("presence", 'p', Presence.class);
    static final Section<String, Long> LEAVING = Section.ofNumbers("leaving", 'l');

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
