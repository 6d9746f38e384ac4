package io.millrace.timeline.replay;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.cassandra.FoldedTables;
import io.millrace.timeline.cassandra.LogWrites;
import io.millrace.timeline.cassandra.OfflinePreparing;
import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.RowCells;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.ConversationPlan;
import io.millrace.timeline.conversation.LoggedEvent;
import io.millrace.timeline.log.LogBook;
import io.millrace.timeline.timeline.LoggedEntry;
import io.millrace.timeline.timeline.TimelineHead;
import io.millrace.timeline.timeline.TimelinePlan;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables in memory as they follow from some events, entries and receipts. */
final class TablesOfLog {
    final FoldedTables tables = OfflinePreparing.tables();
    private final LogWrites writes;

    TablesOfLog(Clock clock) {
        writes = OfflinePreparing.into(tables, clock);
    }

    TablesOfLog events(ConversationEvent... events) throws InterruptedException {
        return eventsFrom(0, events);
    }

    /** @param offset of the first */
    TablesOfLog eventsFrom(long offset, ConversationEvent... events) throws InterruptedException {
        var logged = new ArrayList<LoggedEvent>();
        for (var event : events) {
            logged.add(new LoggedEvent(offset + logged.size(), event.getStamp() / 1000, event));
        }
        writes.conversations()
                .apply(List.of(ConversationPlan.of(events[0].getConversation(), ConversationHead.NONE, logged)));
        return this;
    }

    TablesOfLog entries(TimelineEntry... entries) throws InterruptedException {
        var logged = new ArrayList<LoggedEntry>();
        for (var entry : entries) {
            logged.add(new LoggedEntry(logged.size(), entry.getStamp() / 1000, entry));
        }
        writes.timelines()
                .apply(List.of(TimelinePlan.of(entries[0].getUser(), TimelineHead.NONE, LogBook.EPOCH, logged)));
        return this;
    }

    TablesOfLog receipts(Receipt... receipts) throws InterruptedException {
        writes.receipts().apply(List.of(receipts));
        return this;
    }

    /** The only partition of a table. */
    PartitionName only(String table) {
        var found = tables.partitions().stream()
                .filter(name -> name.table().name().equals(table))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(table + " has partitions " + found);
        }
        return found.get(0);
    }

    Map<List<ByteBuffer>, RowCells> rows(String table) {
        return tables.rows(only(table));
    }
}
