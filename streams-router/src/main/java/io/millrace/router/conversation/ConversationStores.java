package io.millrace.router.conversation;

import io.millrace.router.runtime.Section;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.state.ConversationState;
import io.millrace.schemas.state.Members;
import io.millrace.schemas.state.MessageState;

/** Names of the first stage, and what it remembers. They are a compatibility contract. */
public final class ConversationStores {
    public static final Section<byte[], byte[]> DEDUP = Section.ofBytes("dedup", 'd');
    public static final Section<String, ConversationState> CONVERSATIONS =
            Section.ofRecords("conversations", 'c', ConversationState.class);
    public static final Section<String, Members> MEMBERS = Section.ofRecords("members", 'g', Members.class);
    public static final Section<byte[], MessageState> MESSAGES =
            Section.ofRecordsByBytes("messages", 'm', MessageState.class);
    static final Section<byte[], ConversationEvent> SCHEDULED =
            Section.ofRecordsByBytes("scheduled", 's', ConversationEvent.class);
    static final Section<byte[], byte[]> SCHEDULED_BY_TIME = Section.ofBytes("scheduled-by-time", 't');

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
