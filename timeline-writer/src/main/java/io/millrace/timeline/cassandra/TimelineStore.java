package io.millrace.timeline.cassandra;

import com.datastax.driver.core.SimpleStatement;
import java.time.Clock;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What the service does with Cassandra, statements prepared. Closing it closes the connection. Thread-safe. */
public final class TimelineStore implements AutoCloseable {
    private static final String PING = "SELECT release_version FROM system.local";

    private final CassandraConnection connection;
    private final Requests requests;
    private final ConversationReads conversationReads;
    private final TimelineReads timelineReads;
    private final WriteTarget writes;
    private final LogWrites logWrites;
    private final Upserts upserts = new Upserts();
    private final Clock clock = Clock.systemUTC();

    /** Takes over the connection. */
    public TimelineStore(CassandraConnection connection, CassandraSettings settings, StoreMetrics metrics) {
        this.connection = connection;
        requests = new Requests(connection, settings.requestTimeoutMs());
        writes = new Writes(requests, settings.maxInFlight(), metrics);
        logWrites = new LogWrites(connection, writes, clock);
        conversationReads = new ConversationReads(connection, requests, clock);
        timelineReads = new TimelineReads(connection, requests);
    }

    /** Tables in memory, empty. */
    public FoldedTables folded() {
        return new FoldedTables(upserts);
    }

    /** The same writes into tables in memory. */
    public LogWrites logWrites(FoldedTables tables) {
        return new LogWrites(connection, tables, clock);
    }

    /** Reads whole tables. */
    public TableReads tableReads() {
        return new TableReads(connection, requests);
    }

    /** Sets rows right that were changed past the log. */
    public RowMending rowMending() {
        return new RowMending(connection, requests, writes, clock);
    }

    /** @param then called on some thread whenever a node that was lost answers again; it must not wait */
    public void onNodeReturned(Runnable then) {
        connection.onNodeReturned(then);
    }

    /** The writes of the log into these tables. */
    public LogWrites logWrites() {
        return logWrites;
    }

    /**
     * The same writes into some tables only.
     *
     * @param tables names of those that are written
     * @param open whether anything is written now; asked for each batch
     */
    public LogWrites logWrites(Set<String> tables, BooleanSupplier open) {
        return new LogWrites(connection, new SelectedWrites(writes, tables, open, upserts), clock);
    }

    public ConversationReads conversationReads() {
        return conversationReads;
    }

    public TimelineReads timelineReads() {
        return timelineReads;
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
