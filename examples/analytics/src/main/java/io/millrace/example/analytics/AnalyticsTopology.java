package io.millrace.example.analytics;

import io.millrace.example.analytics.record.ActiveMinutes;
import io.millrace.example.analytics.record.Minute;
import io.millrace.example.analytics.record.Tail;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * <pre>
 * conversation-events ─▶ messages ───┐
 *                     (tails)        ├▶ counted ─▶ minutes ─▶ tap-analytics-minutes ─▶ results (what the page shows)
 * receipts ────────────▶ deliveries ─┤
 * timeline-entries ────▶ active ─────┘
 * </pre>
 *
 * Events and receipts of a conversation are in partitions of the same number, so both reach one task and one store.
 */
final class AnalyticsTopology {
    /** Application id, consumer group and prefix of every topic of its own: what a tap may have. */
    static final String APPLICATION = "tap-analytics";

    /** What is counted, a record per minute and change. */
    static final String MINUTES = "tap-analytics-minutes";

    /** Store of the whole of {@link #MINUTES}, in every instance. */
    static final String RESULTS = "results";

    static final String TAILS = "tails";
    static final String ACTIVE = "active";

    /** All that happens now falls into one minute, so more partitions would not help. */
    private static final int PARTITIONS = 1;

    static {
        OwnRecords.declare();
    }

    private final RecordSerdes serdes;
    private final Serde<Minute> minute;

    AnalyticsTopology(RecordSerdes serdes) {
        this.serdes = serdes;
        this.minute = serdes.serde(Minute.class);
    }

    Topology get() {
        var builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(TAILS), Serdes.String(), serdes.serde(Tail.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(ACTIVE), Serdes.String(), serdes.serde(ActiveMinutes.class)));
        var messages = builder.stream("conversation-events", from(ConversationEvent.class, "events"))
                .process(MessageProcessor::new, Named.as("messages"), TAILS);
        var deliveries = builder.stream("receipts", from(Receipt.class, "receipts"))
                .process(DeliveryProcessor::new, Named.as("deliveries"), TAILS);
        var active = builder.stream("timeline-entries", from(TimelineEntry.class, "entries"))
                .process(ActiveUserProcessor::new, Named.as("active-users"), ACTIVE);
        messages.merge(deliveries, Named.as("conversations"))
                .merge(active, Named.as("all"))
                .repartition(Repartitioned.<String, Minute>as("counted")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(minute)
                        .withNumberOfPartitions(PARTITIONS))
                .groupByKey(Grouped.with("by-minute", Serdes.String(), minute))
                .reduce(
                        Minutes::sum,
                        Named.as("sum"),
                        Materialized.<String, Minute>as(Stores.persistentKeyValueStore("minutes"))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(minute))
                .toStream(Named.as("changed-minutes"))
                .to(MINUTES, Produced.with(Serdes.String(), minute).withName("write-minutes"));
        builder.globalTable(
                MINUTES,
                Consumed.with(Serdes.String(), minute).withName("read-minutes"),
                Materialized.<String, Minute>as(Stores.inMemoryKeyValueStore(RESULTS))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(minute));
        return builder.build();
    }

    private <T extends SpecificRecord> Consumed<String, T> from(Class<T> type, String name) {
        return Consumed.with(Serdes.String(), serdes.serde(type)).withName(name);
    }
}
