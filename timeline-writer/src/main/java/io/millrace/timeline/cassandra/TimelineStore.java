package io.millrace.timeline.cassandra;

import com.datastax.driver.core.SimpleStatement;
import java.time.Clock;
import java.util.function.Consumer;

/** What the service does with Cassandra, statements prepared. Closing it closes the connection. Thread-safe. */
public final class TimelineStore implements AutoCloseable {
    private static final String PING = "SELECT release_version FROM system.local";

    private final CassandraConnection connection;
    private final Requests requests;
    private final ConversationWrites conversationWrites;
    private final ConversationReads conversationReads;
    private final TimelineWrites timelineWrites;
    private final TimelineReads timelineReads;
    private final ReceiptWrites receiptWrites;

    /** Takes over the connection. */
    public TimelineStore(CassandraConnection connection, CassandraSettings settings, StoreMetrics metrics) {
        this.connection = connection;
        var clock = Clock.systemUTC();
        requests = new Requests(connection, settings.requestTimeoutMs());
        var writes = new Writes(requests, settings.maxInFlight(), metrics);
        conversationWrites = new ConversationWrites(connection, writes, clock);
        conversationReads = new ConversationReads(connection, requests, clock);
        timelineWrites = new TimelineWrites(connection, writes);
        timelineReads = new TimelineReads(connection, requests);
        receiptWrites = new ReceiptWrites(connection, writes);
    }

    /** @param then called on some thread whenever a node that was lost answers again; it must not wait */
    public void onNodeReturned(Runnable then) {
        connection.onNodeReturned(then);
    }

    public ConversationWrites conversationWrites() {
        return conversationWrites;
    }

    public ConversationReads conversationReads() {
        return conversationReads;
    }

    public TimelineWrites timelineWrites() {
        return timelineWrites;
    }

    public TimelineReads timelineReads() {
        return timelineReads;
    }

    public ReceiptWrites receiptWrites() {
        return receiptWrites;
    }

    /** Asks whether a node answers and tells it, on an I/O thread of the driver. */
    public void ping(Consumer<Boolean> told) {
        var unused = requests.send(new SimpleStatement(PING)).whenComplete((answer, e) -> told.accept(e == null));
    }

    @Override
    public void close() {
        connection.close();
    }
}
