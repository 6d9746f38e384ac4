package io.millrace.router.conversation;

import io.millrace.router.runtime.Addressee;
import io.millrace.router.runtime.ClampedTimestamps;
import io.millrace.router.runtime.DeadLetterBox;
import io.millrace.router.runtime.LogNames;
import io.millrace.router.runtime.Outputs;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The first stage.
 *
 * <pre>
 * commands ─▶ decide ─┬▶ conversation-events
 *   state             ├▶ inbox               one record per partition of users
 *     dedup           ├▶ rejections
 *     conversations   ├▶ deliveries          the decision, to the lane of whoever waits
 *     members         ├▶ signals             who is typing, who asks who is there
 *     messages        ├▶ commands            POST_SCHEDULED, when a message is due
 *     scheduled       └▶ commands.dlq
 * receipts ─▶ tell-receipts ─▶ signals       reads members, writes nothing
 * </pre>
 */
public final class ConversationsTopology implements Supplier<Topology> {
    private final RecordSerdes serdes;
    private final int userPartitions;
    private final ConversationSettings settings;
    private final LogNames names;

    /** The live one. */
    public ConversationsTopology(RecordSerdes serdes, int userPartitions, ConversationSettings settings) {
        this(serdes, userPartitions, settings, LogNames.live());
    }

    /** @param names a shadow's tells of no receipts, and asks for nothing that is due: it reads what the live one asks */
    public ConversationsTopology(
            RecordSerdes serdes, int userPartitions, ConversationSettings settings, LogNames names) {
        this.serdes = serdes;
        this.userPartitions = userPartitions;
        this.settings = settings;
        this.names = names;
    }

    @Override
    public Topology get() {
        var fanOut = new InboxFanOut(userPartitions);
        var letters = new DeadLetterBox(
                names.application(TopicCatalogue.CONVERSATIONS_APP), serdes.serializer(SpecificRecord.class));
        var store = new StageStore(names.application(TopicCatalogue.CONVERSATIONS_APP), serdes);
        var topology = new Topology()
                .addSource(
                        AutoOffsetReset.none(),
                        ConversationStores.READ_COMMANDS,
                        new ClampedTimestamps(),
                        new StringDeserializer(),
                        serdes.deserializer(Command.class),
                        names.source(TopicCatalogue.COMMANDS))
                .addProcessor(
                        ConversationStores.DECIDE,
                        () -> new DecideProcessor(settings, fanOut, letters, store),
                        ConversationStores.READ_COMMANDS)
                .addStateStore(store.builder(), ConversationStores.DECIDE);
        var outputs = new Outputs(topology, names)
                .add(
                        ConversationStores.WRITE_EVENTS,
                        TopicCatalogue.CONVERSATION_EVENTS,
                        serdes.serializer(ConversationEvent.class),
                        ConversationStores.DECIDE)
                .add(
                        ConversationStores.WRITE_INBOX,
                        TopicCatalogue.INBOX,
                        new StringSerializer(),
                        serdes.serializer(InboxRecord.class),
                        InboxFanOut.partitioner(),
                        ConversationStores.DECIDE)
                .add(
                        ConversationStores.WRITE_COMMANDS,
                        TopicCatalogue.COMMANDS,
                        serdes.serializer(Command.class),
                        ConversationStores.DECIDE)
                .add(
                        ConversationStores.WRITE_REJECTIONS,
                        TopicCatalogue.REJECTIONS,
                        serdes.serializer(Rejection.class),
                        ConversationStores.DECIDE)
                .add(
                        ConversationStores.WRITE_DELIVERIES,
                        TopicCatalogue.DELIVERIES,
                        Addressee.serializer(),
                        serdes.serializer(Delivery.class),
                        Addressee.partitioner(),
                        ConversationStores.DECIDE)
                .add(
                        ConversationStores.WRITE_DEAD_LETTERS,
                        TopicCatalogue.COMMANDS_DEAD_LETTERS,
                        serdes.serializer(DeadLetter.class),
                        ConversationStores.DECIDE);
        if (names.isShadow()) {
            signals(outputs, ConversationStores.DECIDE);
        } else {
            tellReceipts(topology, fanOut, store);
            signals(outputs, ConversationStores.DECIDE, ConversationStores.TELL_RECEIPTS);
        }
        return topology;
    }

    private void signals(Outputs outputs, String... parents) {
        outputs.add(
                ConversationStores.WRITE_SIGNALS,
                TopicCatalogue.SIGNALS,
                new StringSerializer(),
                serdes.serializer(Signal.class),
                SignalFanOut.partitioner(),
                parents);
    }

    private void tellReceipts(Topology topology, InboxFanOut fanOut, StageStore store) {
        topology.addSource(
                        AutoOffsetReset.latest(), // read to tell of them, nothing is numbered by them
                        ConversationStores.READ_RECEIPTS,
                        new ClampedTimestamps(),
                        new StringDeserializer(),
                        serdes.deserializer(Receipt.class),
                        names.source(TopicCatalogue.RECEIPTS))
                .addProcessor(
                        ConversationStores.TELL_RECEIPTS,
                        () -> new ReceiptProcessor(settings.receiptMembers(), new SignalFanOut(fanOut), store),
                        ConversationStores.READ_RECEIPTS)
                .connectProcessorAndStateStores(ConversationStores.TELL_RECEIPTS, StageStore.NAME);
    }
}
