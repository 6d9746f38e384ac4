package io.millrace.router.user;

import io.millrace.router.runtime.Addressee;
import io.millrace.router.runtime.ClampedTimestamps;
import io.millrace.router.runtime.DeadLetterBox;
import io.millrace.router.runtime.StoreBuilders;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.state.EdgeState;
import io.millrace.schemas.state.Presence;
import io.millrace.schemas.state.Sessions;
import io.millrace.schemas.state.TimelineState;
import io.millrace.schemas.state.Undelivered;
import io.millrace.schemas.state.UserConversation;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The second stage.
 *
 * <pre>
 * inbox ─────────┬▶ number ─┬▶ timeline-entries
 * user-commands ─┤          ├▶ deliveries        one record per edge
 * signals ───────┘          ├▶ receipts
 *   timelines               └▶ user-commands.dlq
 *   user-conversations
 *   sessions, edges, edge-sessions, edge-clock, device-cursors, undelivered
 *   presence, leaving
 * </pre>
 */
public final class UsersTopology implements Supplier<Topology> {
    private final RecordSerdes serdes;
    private final String epoch;
    private final Duration offlineDelay;

    /** @param offlineDelay how long a user without a session still passes for online */
    public UsersTopology(RecordSerdes serdes, String epoch, Duration offlineDelay) {
        this.serdes = serdes;
        this.epoch = epoch;
        this.offlineDelay = offlineDelay;
    }

    @Override
    public Topology get() {
        var numbering = new TimelineNumbering(epoch);
        var letters = new DeadLetterBox(TopicCatalogue.USERS_APP, serdes.serializer(SpecificRecord.class));
        var topology = new Topology()
                .addSource(
                        AutoOffsetReset.none(),
                        UserStores.READ_INBOX,
                        new ClampedTimestamps(),
                        new StringDeserializer(),
                        serdes.deserializer(InboxRecord.class),
                        TopicCatalogue.INBOX.name())
                .addSource(
                        AutoOffsetReset.none(),
                        UserStores.READ_USER_COMMANDS,
                        new OvertakingTimestamps(),
                        new StringDeserializer(),
                        serdes.deserializer(UserCommand.class),
                        TopicCatalogue.USER_COMMANDS.name())
                .addSource(
                        AutoOffsetReset.latest(), // kept nowhere and for an hour: what is gone is not told
                        UserStores.READ_SIGNALS,
                        new ClampedTimestamps(),
                        new StringDeserializer(),
                        serdes.deserializer(Signal.class),
                        TopicCatalogue.SIGNALS.name())
                .addProcessor(
                        UserStores.NUMBER,
                        () -> new NumberProcessor(numbering, letters, epoch, offlineDelay),
                        UserStores.READ_INBOX,
                        UserStores.READ_USER_COMMANDS,
                        UserStores.READ_SIGNALS);
        store(topology, UserStores.TIMELINES, serdes.serde(TimelineState.class));
        store(topology, UserStores.USER_CONVERSATIONS, serdes.serde(UserConversation.class));
        store(topology, UserStores.SESSIONS, serdes.serde(Sessions.class));
        store(topology, UserStores.EDGES, serdes.serde(EdgeState.class));
        store(topology, UserStores.EDGE_SESSIONS, Serdes.Long());
        store(topology, UserStores.EDGE_CLOCK, Serdes.Long());
        store(topology, UserStores.DEVICE_CURSORS, Serdes.Long());
        store(topology, UserStores.UNDELIVERED, serdes.serde(Undelivered.class));
        store(topology, UserStores.PRESENCE, serdes.serde(Presence.class));
        store(topology, UserStores.LEAVING, Serdes.Long());
        return topology.addSink(
                        UserStores.WRITE_ENTRIES,
                        TopicCatalogue.TIMELINE_ENTRIES.name(),
                        new StringSerializer(),
                        serdes.serializer(TimelineEntry.class),
                        UserStores.NUMBER)
                .addSink(
                        UserStores.WRITE_RECEIPTS,
                        TopicCatalogue.RECEIPTS.name(),
                        new StringSerializer(),
                        serdes.serializer(Receipt.class),
                        (topic, key, receipt, partitions) -> byConversation(receipt, partitions),
                        UserStores.NUMBER)
                .addSink(
                        UserStores.WRITE_DELIVERIES,
                        TopicCatalogue.DELIVERIES.name(),
                        Addressee.serializer(),
                        serdes.serializer(Delivery.class),
                        Addressee.partitioner(),
                        UserStores.NUMBER)
                .addSink(
                        UserStores.WRITE_DEAD_LETTERS,
                        TopicCatalogue.USER_COMMANDS_DEAD_LETTERS.name(),
                        new StringSerializer(),
                        serdes.serializer(DeadLetter.class),
                        UserStores.NUMBER);
    }

    /** Where a record with the conversation as its key would go. */
    private static Optional<Set<Integer>> byConversation(Receipt receipt, int partitions) {
        byte[] key = receipt.getConversation().getBytes(StandardCharsets.UTF_8);
        return Optional.of(Set.of(BuiltInPartitioner.partitionForKey(key, partitions)));
    }

    private static <V> void store(Topology topology, String name, Serde<V> value) {
        topology.addStateStore(StoreBuilders.persistent(name, Serdes.String(), value), UserStores.NUMBER);
    }
}
