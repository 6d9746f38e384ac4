package io.millrace.timeline.consume;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.timeline.cassandra.TimelineStore;
import java.util.List;

/** Makes the writer of a partition. */
public final class BatchWriters {
    /** What this service takes from the log. */
    static final List<String> TOPICS = List.of(
            TopicCatalogue.CONVERSATION_EVENTS.name(),
            TopicCatalogue.TIMELINE_ENTRIES.name(),
            TopicCatalogue.RECEIPTS.name());

    private final TimelineStore store;
    private final RecordSerdes serdes;
    private final WriterMetrics metrics;
    private final String epoch;

    /** @param epoch the numbering that is in force */
    public BatchWriters(TimelineStore store, RecordSerdes serdes, WriterMetrics metrics, String epoch) {
        this.store = store;
        this.serdes = serdes;
        this.metrics = metrics;
        this.epoch = epoch;
    }

    BatchWriter of(String topic) {
        if (topic.equals(TopicCatalogue.CONVERSATION_EVENTS.name())) {
            return new ConversationBatchWriter(
                    store, new Decoder<>(serdes.deserializer(ConversationEvent.class)), metrics);
        }
        if (topic.equals(TopicCatalogue.RECEIPTS.name())) {
            return new ReceiptBatchWriter(store, new Decoder<>(serdes.deserializer(Receipt.class)), metrics);
        }
        return new TimelineBatchWriter(store, new Decoder<>(serdes.deserializer(TimelineEntry.class)), metrics, epoch);
    }
}
