package io.millrace.router;

import static io.millrace.router.Commands.create;
import static io.millrace.router.Commands.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.conversation.ConversationSettings;
import io.millrace.router.conversation.ConversationsTopology;
import io.millrace.router.runtime.LogNames;
import io.millrace.router.runtime.PoisonHandler;
import io.millrace.router.user.UsersTopology;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.Shadow;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** A shadow decides as its rules say, and whatever it writes is its own. */
class ShadowTopologyTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final String DIRECT = "d:alice:bob";

    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());
    private final Shadow shadow = new Shadow("rules2");
    private final LogNames names = LogNames.of(shadow);

    @Test
    void shouldWriteIntoTopicsOfItsOwnAlone() {
        try (var driver = conversations(5)) {
            // Given
            var commands = input(driver, "commands", serdes.serializer(Command.class));
            var typing = Commands.command(CommandType.TYPING, "alice", DIRECT, "typing", "");

            // When
            commands.pipeInput(DIRECT, send("alice", DIRECT, "k1", "hi"));
            commands.pipeInput(DIRECT, send("eve", DIRECT, "k2", "let me in"));
            commands.pipeInput(DIRECT, typing.build());
            commands.pipeInput("d:alice:carol", send("alice", DIRECT, "k3", "misled"));

            // Then
            assertThat(driver.producedTopicNames())
                    .isNotEmpty()
                    .allMatch(shadow::owns)
                    .contains(
                            "shadow-rules2-conversation-events",
                            "shadow-rules2-inbox",
                            "shadow-rules2-rejections",
                            "shadow-rules2-commands.dlq");
            assertThat(read(driver, TopicCatalogue.CONVERSATION_EVENTS))
                    .extracting(ConversationEvent::getKind)
                    .containsExactly(EventKind.MESSAGE);
            assertThat(read(driver, TopicCatalogue.REJECTIONS))
                    .extracting(Rejection::getUser)
                    .containsExactly("eve");
        }
    }

    @Test
    void shouldAskForNothingThatIsDue() {
        try (var driver = conversations(5)) {
            // Given
            var commands = input(driver, "commands", serdes.serializer(Command.class));
            var later = Command.newBuilder(send("alice", DIRECT, "k1", "later"))
                    .setSendAt(START.plusSeconds(5))
                    .build();
            commands.pipeInput(DIRECT, later);

            // When
            driver.advanceWallClockTime(Duration.ofSeconds(10));

            // Then
            assertThat(read(driver, TopicCatalogue.CONVERSATION_EVENTS))
                    .extracting(ConversationEvent::getKind)
                    .containsExactly(EventKind.SCHEDULED);
            assertThat(driver.producedTopicNames()).allMatch(shadow::owns);
        }
    }

    @Test
    void shouldDecideOtherwiseWhereItsRulesAreOther() {
        try (var driver = conversations(2)) {
            // Given
            var commands = input(driver, "commands", serdes.serializer(Command.class));
            var group = create("alice", "k1", "Trip", "bob", "carol");

            // When
            commands.pipeInput(group.getConversation(), group);

            // Then
            assertThat(read(driver, TopicCatalogue.CONVERSATION_EVENTS)).isEmpty();
            assertThat(read(driver, TopicCatalogue.REJECTIONS)).hasSize(1);
        }
    }

    @Test
    void shouldNumberItsOwnInboxAndTellNobody() {
        try (var driver = driver(
                TopicCatalogue.USERS_APP, new UsersTopology(serdes, "e1", Duration.ofSeconds(30), names).get())) {
            // Given
            InboxRecord record;
            try (var first = conversations(5)) {
                input(first, "commands", serdes.serializer(Command.class))
                        .pipeInput(DIRECT, send("alice", DIRECT, "k1", "hi"));
                record = read(first, TopicCatalogue.INBOX).get(0);
            }

            // When
            input(driver, "shadow-rules2-inbox", serdes.serializer(InboxRecord.class))
                    .pipeInput(DIRECT, record);

            // Then
            assertThat(read(driver, TopicCatalogue.TIMELINE_ENTRIES))
                    .extracting(TimelineEntry::getVersion)
                    .isNotEmpty()
                    .containsOnly(1L);
            assertThat(driver.producedTopicNames()).allMatch(shadow::owns);
        }
    }

    @Test
    void shouldKeepItsOwnDeadLettersOfWhatDoesNotDecode() {
        try (var driver = conversations(5)) {
            // When
            input(driver, "commands", new ByteArraySerializer())
                    .pipeInput(DIRECT, "no Avro".getBytes(StandardCharsets.UTF_8));

            // Then
            assertThat(driver.producedTopicNames()).containsExactly("shadow-rules2-commands.dlq");
            assertThat(read(driver, TopicCatalogue.COMMANDS_DEAD_LETTERS))
                    .extracting(DeadLetter::getTopic)
                    .containsExactly("commands");
        }
    }

    private TopologyTestDriver conversations(int maxMembers) {
        var settings = ConversationSettings.of(maxMembers, Duration.ofHours(24));
        return driver(TopicCatalogue.CONVERSATIONS_APP, new ConversationsTopology(serdes, 1, settings, names).get());
    }

    private TopologyTestDriver driver(String stage, Topology topology) {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, names.application(stage));
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonHandler.class);
        p.put(PoisonHandler.SERIALIZER, serdes.serializer(DeadLetter.class));
        p.put(PoisonHandler.FROM_OUTSIDE, Set.of("commands", "user-commands"));
        p.put(PoisonHandler.PREFIX, names.prefix());
        p.put(PoisonHandler.COMPONENT, names.application(stage));
        return new TopologyTestDriver(topology, p, START);
    }

    private static <V> TestInputTopic<String, V> input(TopologyTestDriver driver, String topic, Serializer<V> value) {
        return driver.createInputTopic(topic, new StringSerializer(), value, START, Duration.ofMillis(1));
    }

    private <V extends SpecificRecord> List<V> read(TopologyTestDriver driver, TopicSpec<V> topic) {
        return driver.createOutputTopic(names.sink(topic), new StringDeserializer(), serdes.deserializer(topic.value()))
                .readValuesToList();
    }
}
