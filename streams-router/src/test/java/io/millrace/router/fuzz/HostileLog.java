package io.millrace.router.fuzz;

import io.millrace.router.Commands;
import io.millrace.router.InMemoryRegistry;
import io.millrace.router.conversation.ConversationSettings;
import io.millrace.router.conversation.ConversationsTopology;
import io.millrace.router.runtime.PoisonHandler;
import io.millrace.router.user.UsersTopology;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Both applications as they are configured for real, fed with bytes; what the first writes is handed to the second. */
final class HostileLog implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration STEP = Duration.ofMillis(10);

    final RecordSerdes serdes;
    private final TopologyTestDriver first;
    private final TopologyTestDriver second;
    private final TestInputTopic<byte[], byte[]> commands;
    private final TestInputTopic<byte[], byte[]> userCommands;
    private final TestOutputTopic<byte[], byte[]> decided;
    private final TestOutputTopic<byte[], byte[]> delivered;
    private final TestOutputTopic<byte[], byte[]> letters;
    private final TestOutputTopic<byte[], byte[]> userLetters;
    private final List<Way> ways;

    /** A topic that one application writes and the other reads. */
    private record Way(TestOutputTopic<byte[], byte[]> from, TestInputTopic<byte[], byte[]> to) {}

    /** What became of a record. */
    record Outcome(List<DeadLetter> letters, List<Delivery> deliveries) {}

    HostileLog() {
        var registry = new InMemoryRegistry();
        registry.idOf("commands-value", Command.getClassSchema());
        registry.idOf("user-commands-value", UserCommand.getClassSchema());
        serdes = RecordSerdes.on(registry);
        first = driver(
                TopicCatalogue.CONVERSATIONS_APP,
                new ConversationsTopology(serdes, 1, ConversationSettings.of(5, Duration.ofHours(24))).get());
        second = driver(TopicCatalogue.USERS_APP, new UsersTopology(serdes, "e1", Duration.ofSeconds(30)).get());
        commands = input(first, TopicCatalogue.COMMANDS);
        userCommands = input(second, TopicCatalogue.USER_COMMANDS);
        decided = output(first, TopicCatalogue.DELIVERIES);
        delivered = output(second, TopicCatalogue.DELIVERIES);
        letters = output(first, TopicCatalogue.COMMANDS_DEAD_LETTERS);
        userLetters = output(second, TopicCatalogue.USER_COMMANDS_DEAD_LETTERS);
        ways = List.of(
                new Way(output(first, TopicCatalogue.INBOX), input(second, TopicCatalogue.INBOX)),
                new Way(output(first, TopicCatalogue.SIGNALS), input(second, TopicCatalogue.SIGNALS)),
                new Way(output(second, TopicCatalogue.RECEIPTS), input(first, TopicCatalogue.RECEIPTS)));
        settle();
    }

    /** Alice and Bob are there and have talked, directly and in a group. */
    private void settle() {
        feedUser(Commands.user(UserCommandType.EDGE_ALIVE, "e-1", "", "")
                .setUser(null)
                .setTick(0L)
                .build());
        for (var user : List.of("alice", "bob")) {
            feedUser(Commands.user(UserCommandType.SESSION_OPEN, user, "", "").build());
        }
        feed(Commands.send("alice", "d:alice:bob", "s1", "hi"));
        feed(Commands.create("alice", "g1", "Trip", "bob", "carol"));
    }

    private void feed(Command command) {
        feed(
                command.getConversation().getBytes(),
                serdes.serializer(Command.class).serialize("commands", command));
    }

    private void feedUser(UserCommand command) {
        var key = command.getUser() == null ? command.getOrigin().getEdge() : command.getUser();
        feedUser(key.getBytes(), serdes.serializer(UserCommand.class).serialize("user-commands", command));
    }

    Outcome feed(byte[] key, byte[] value) {
        commands.pipeInput(key, value);
        return outcome();
    }

    Outcome feedUser(byte[] key, byte[] value) {
        userCommands.pipeInput(key, value);
        return outcome();
    }

    /** What is due is posted. */
    Outcome later(Duration time) {
        commands.advanceTime(time);
        userCommands.advanceTime(time);
        first.advanceWallClockTime(time);
        return outcome();
    }

    private Outcome outcome() {
        for (boolean moved = true; moved; ) {
            moved = false;
            for (var way : ways) {
                for (TestRecord<byte[], byte[]> record : way.from().readRecordsToList()) {
                    way.to().pipeInput(record.key(), record.value());
                    moved = true;
                }
            }
        }
        var all = new ArrayList<DeadLetter>(read(letters, DeadLetter.class));
        all.addAll(read(userLetters, DeadLetter.class));
        var deliveries = new ArrayList<Delivery>(read(decided, Delivery.class));
        deliveries.addAll(read(delivered, Delivery.class));
        return new Outcome(all, deliveries);
    }

    private <T extends SpecificRecord> List<T> read(TestOutputTopic<byte[], byte[]> topic, Class<T> type) {
        var deserializer = serdes.deserializer(type);
        return topic.readValuesToList().stream()
                .map(bytes -> deserializer.deserialize("read", bytes))
                .toList();
    }

    private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver, TopicSpec<?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), START, STEP);
    }

    private static TestOutputTopic<byte[], byte[]> output(TopologyTestDriver driver, TopicSpec<?> topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private TopologyTestDriver driver(String application, Topology topology) {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonHandler.class);
        p.put(PoisonHandler.SERIALIZER, serdes.serializer(DeadLetter.class));
        p.put(PoisonHandler.FROM_OUTSIDE, Set.of(TopicCatalogue.COMMANDS.name(), TopicCatalogue.USER_COMMANDS.name()));
        p.put(PoisonHandler.COMPONENT, application);
        return new TopologyTestDriver(topology, p, START);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
