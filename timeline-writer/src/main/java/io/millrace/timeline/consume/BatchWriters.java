package io.millrace.timeline.consume;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.timeline.cassandra.LogWrites;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.timeline.TimelineHead;
import java.util.List;
import java.util.function.Supplier;

/** Makes the writer of a partition. */
public final class BatchWriters {
    /** What this service takes from the log. */
    public static final List<String> TOPICS = List.of(
            TopicCatalogue.CONVERSATION_EVENTS.name(),
            TopicCatalogue.TIMELINE_ENTRIES.name(),
            TopicCatalogue.RECEIPTS.name());

    private final LogWrites writes;
    private final Supplier<Heads<ConversationHead>> conversationHeads;
    private final Supplier<Heads<TimelineHead>> timelineHeads;
    private final RecordSerdes serdes;
    private final WriterMetrics metrics;
    private final String epoch;

    private BatchWriters(
            LogWrites writes,
            Supplier<Heads<ConversationHead>> conversationHeads,
            Supplier<Heads<TimelineHead>> timelineHeads,
            RecordSerdes serdes,
            WriterMetrics metrics,
            String epoch) {
        this.writes = writes;
        this.conversationHeads = conversationHeads;
        this.timelineHeads = timelineHeads;
        this.serdes = serdes;
        this.metrics = metrics;
        this.epoch = epoch;
    }

    /**
     * Writers that go on where the store stands.
     *
     * @param epoch the numbering that is in force
     */
    public static BatchWriters goingOn(TimelineStore store, RecordSerdes serdes, WriterMetrics metrics, String epoch) {
        return new BatchWriters(
                store.logWrites(),
                () -> new HeadCache<>(store.conversationReads()::heads),
                () -> new HeadCache<>(store.timelineReads()::heads),
                serdes,
                metrics,
                epoch);
    }

    /**
     * A writer for one partition, whatever the store has: what it writes is a function of the log alone.
     *
     * @param heads of the records before the first one; none at the beginning of the log. They are raised
     * @param epoch the numbering that is in force
     */
    public static BatchWriter behind(
            LogHeads heads, String topic, LogWrites writes, RecordSerdes serdes, WriterMetrics metrics, String epoch) {
        return new BatchWriters(
                        writes,
                        () -> new FoldedHeads<>(heads.conversations()),
                        () -> new FoldedHeads<>(heads.timelines()),
                        serdes,
                        metrics,
                        epoch)
                .of(topic);
    }

    /** A new one, for one partition of that topic. */
    BatchWriter of(String topic) {
        if (topic.equals(TopicCatalogue.CONVERSATION_EVENTS.name())) {
            return new ConversationBatchWriter(
                    writes.conversations(),
                    conversationHeads.get(),
                    new Decoder<>(serdes.deserializer(ConversationEvent.class)),
                    metrics);
        }
        if (topic.equals(TopicCatalogue.RECEIPTS.name())) {
            return new ReceiptBatchWriter(
                    writes.receipts(), new Decoder<>(serdes.deserializer(Receipt.class)), metrics);
        }
        return new TimelineBatchWriter(
                writes.timelines(),
                timelineHeads.get(),
                new Decoder<>(serdes.deserializer(TimelineEntry.class)),
                metrics,
                epoch);
    }
}
