package io.millrace.router.user;

import io.millrace.router.runtime.Addressee;
import io.millrace.router.runtime.ClampedTimestamps;
import io.millrace.router.runtime.DeadLetterBox;
import io.millrace.router.runtime.LogNames;
import io.millrace.router.runtime.Outputs;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
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
 *   state                   └▶ user-commands.dlq
 *     timelines, user-conversations
 *     sessions, edges, edge-sessions, edge-clock, device-cursors, undelivered
 *     presence, leaving
 * </pre>
 */
public final class UsersTopology implements Supplier<Topology> {
    private final RecordSerdes serdes;
    private final String epoch;
    private final Duration offlineDelay;
    private final LogNames names;

    /** The live one. */
    public UsersTopology(RecordSerdes serdes, String epoch, Duration offlineDelay) {
        this(serdes, epoch, offlineDelay, LogNames.live());
    }

    /**
     * @param offlineDelay how long a user without a session still passes for online
     * @param names a shadow's reads no signals: they are for sessions alone
     */
    public UsersTopology(RecordSerdes serdes, String epoch, Duration offlineDelay, LogNames names) {
        this.names = names;
        this.serdes = serdes;
        this.epoch = epoch;
        this.offlineDelay = offlineDelay;
    }

    @Override
    public Topology get() {
        var numbering = new TimelineNumbering(epoch);
        var letters =
                new DeadLetterBox(names.application(TopicCatalogue.USERS_APP), serdes.serializer(SpecificRecord.class));
        var store = new StageStore(names.application(TopicCatalogue.USERS_APP), serdes);
        var topology = new Topology();
        var inputs = sources(topology);
        topology.addProcessor(
                UserStores.NUMBER,
                () -> new NumberProcessor(store, numbering, letters, epoch, offlineDelay),
                inputs.toArray(String[]::new));
        topology.addStateStore(store.builder(), UserStores.NUMBER);
        new Outputs(topology, names)
                .add(
                        UserStores.WRITE_ENTRIES,
                        TopicCatalogue.TIMELINE_ENTRIES,
                        serdes.serializer(TimelineEntry.class),
                        UserStores.NUMBER)
                .add(
                        UserStores.WRITE_RECEIPTS,
                        TopicCatalogue.RECEIPTS,
                        new StringSerializer(),
                        serdes.serializer(Receipt.class),
                        (topic, key, receipt, partitions) -> byConversation(receipt, partitions),
                        UserStores.NUMBER)
                .add(
                        UserStores.WRITE_DELIVERIES,
                        TopicCatalogue.DELIVERIES,
                        Addressee.serializer(),
                        serdes.serializer(Delivery.class),
                        Addressee.partitioner(),
                        UserStores.NUMBER)
                .add(
                        UserStores.WRITE_DEAD_LETTERS,
                        TopicCatalogue.USER_COMMANDS_DEAD_LETTERS,
                        serdes.serializer(DeadLetter.class),
                        UserStores.NUMBER);
        return topology;
    }

    /** Returns the nodes. */
    private List<String> sources(Topology topology) {
        topology.addSource(
                        AutoOffsetReset.none(),
                        UserStores.READ_INBOX,
                        new ClampedTimestamps(),
                        new StringDeserializer(),
                        serdes.deserializer(InboxRecord.class),
                        names.source(TopicCatalogue.INBOX))
                .addSource(
                        AutoOffsetReset.none(),
                        UserStores.READ_USER_COMMANDS,
                        new OvertakingTimestamps(),
                        new StringDeserializer(),
                        serdes.deserializer(UserCommand.class),
                        names.source(TopicCatalogue.USER_COMMANDS));
        if (names.isShadow()) {
            return List.of(UserStores.READ_INBOX, UserStores.READ_USER_COMMANDS);
        }
        topology.addSource(
                AutoOffsetReset.latest(), // kept nowhere and for an hour: what is gone is not told
                UserStores.READ_SIGNALS,
                new ClampedTimestamps(),
                new StringDeserializer(),
                serdes.deserializer(Signal.class),
                names.source(TopicCatalogue.SIGNALS));
        return List.of(UserStores.READ_INBOX, UserStores.READ_USER_COMMANDS, UserStores.READ_SIGNALS);
    }

    /** Where a record with the conversation as its key would go. */
    private static Optional<Set<Integer>> byConversation(Receipt receipt, int partitions) {
        byte[] key = receipt.getConversation().getBytes(StandardCharsets.UTF_8);
        return Optional.of(Set.of(BuiltInPartitioner.partitionForKey(key, partitions)));
    }
}
