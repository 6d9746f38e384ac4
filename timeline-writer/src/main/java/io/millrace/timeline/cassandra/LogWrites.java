package io.millrace.timeline.cassandra;

import java.time.Clock;

/** Everything that is written because of the log, all to one target. Thread-safe if the target is. */
public final class LogWrites {
    private final ConversationWrites conversations;
    private final TimelineWrites timelines;
    private final ReceiptWrites receipts;

    LogWrites(Preparing connection, WriteTarget target, Clock clock) {
        conversations = new ConversationWrites(connection, target, clock);
        timelines = new TimelineWrites(connection, target);
        receipts = new ReceiptWrites(connection, target);
    }

    public ConversationWrites conversations() {
        return conversations;
    }

    public TimelineWrites timelines() {
        return timelines;
    }

    public ReceiptWrites receipts() {
        return receipts;
    }
}
