package io.millrace.router.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.InMemoryRegistry;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.record.DeliveryTarget;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsersTopologyTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final String DIRECT = "d:alice:bob";

    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());
    private TopologyTestDriver driver;
    private TestInputTopic<String, InboxRecord> inbox;
    private TestInputTopic<String, UserCommand> commands;
    private long version;

    @BeforeEach
    void start() {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, TopicCatalogue.USERS_APP);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(new UsersTopology(serdes, "e1", Duration.ofSeconds(30)).get(), p, START);
        inbox = driver.createInputTopic(
                "inbox", new StringSerializer(), serdes.serializer(InboxRecord.class), START, Duration.ofMillis(1));
        commands = driver.createInputTopic(
                "user-commands", new StringSerializer(), serdes.serializer(UserCommand.class), START, Duration.ZERO);
        alive("e-1", 0);
        deliveries();
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldNumberEachTimelineWithoutAHole() {
        message("alice", 1, "alice", "bob");
        message("bob", 2, "alice", "bob");
        commands.pipeInput(
                "alice",
                user(UserCommandType.READ, "alice", "s-1")
                        .setConversation(DIRECT)
                        .setSeq(2L)
                        .build());

        var alice = entries().stream().filter(e -> e.getUser().equals("alice")).toList();
        assertThat(alice).extracting(TimelineEntry::getPosition).containsExactly(1L, 2L, 3L);
        assertThat(alice)
                .extracting(TimelineEntry::getKind)
                .containsExactly(EventKind.MESSAGE, EventKind.MESSAGE, EventKind.READ);
        assertThat(alice).extracting(TimelineEntry::getReadSeq).containsExactly(1L, 1L, 2L);
        assertThat(alice).extracting(TimelineEntry::getClientMessageId).containsExactly("k1", null, null);
        var previous = ChainHash.NONE;
        for (var entry : alice) {
            assertThat(entry.getHash()).isEqualTo(ChainHash.next(previous, entry));
            previous = entry.getHash();
        }
    }

    @Test
    void shouldTellTheExactHeadWhenASessionIsRegistered() {
        message("alice", 1, "alice", "bob");
        open("bob", "s-1", "phone", null);
        message("alice", 2, "alice", "bob");

        var deliveries = deliveries();
        assertThat(deliveries).extracting(Delivery::getKind).containsExactly(DeliveryKind.WELCOME, DeliveryKind.ENTRY);
        assertThat(deliveries.get(0).getWelcome().getHead()).isEqualTo(1);
        assertThat(deliveries.get(1).getTargets())
                .containsExactly(new DeliveryTarget("bob", "s-1", 2L, 2L, 0L, 2L, false, true));
    }

    @Test
    void shouldWriteOneDeliveryPerEdge() {
        alive("e-2", 0);
        open("alice", "s-1", "phone", null);
        open("alice", "s-2", "laptop", null);
        open("bob", "s-3", "phone", null);
        commands.pipeInput(
                "bob",
                user(UserCommandType.SESSION_OPEN, "bob", "s-4")
                        .setOrigin(new Origin("e-2", 1, "s-4", 0L))
                        .setDevice("pad")
                        .build());
        deliveries();

        message("alice", 1, "alice", "bob");

        var deliveries = deliveries();
        assertThat(deliveries).extracting(Delivery::getEdge).containsExactlyInAnyOrder("e-1", "e-2");
        assertThat(deliveries.stream().flatMap(d -> d.getTargets().stream()).map(DeliveryTarget::getSession))
                .containsExactlyInAnyOrder("s-1", "s-2", "s-3", "s-4");
    }

    @Test
    void shouldReplaceTheOlderSessionOfADevice() {
        open("alice", "s-1", "phone", null);
        open("alice", "s-2", "phone", null);

        var deliveries = deliveries();
        assertThat(deliveries)
                .extracting(Delivery::getKind)
                .containsExactly(DeliveryKind.WELCOME, DeliveryKind.CLOSE, DeliveryKind.WELCOME);
        assertThat(deliveries.get(1).getClose().getSession()).isEqualTo("s-1");
        assertThat(deliveries.get(1).getClose().getCode()).isEqualTo(4409);
    }

    @Test
    void shouldCloseALateHelloWhenTheDeviceHasReconnectedSince() {
        open("alice", "s-2", "phone", 5L);
        open("alice", "s-1", "phone", 4L);
        deliveriesOf(DeliveryKind.CLOSE, "s-1");

        message("bob", 1, "alice", "bob");
        assertThat(deliveries().get(0).getTargets())
                .extracting(DeliveryTarget::getSession)
                .containsExactly("s-2");
    }

    @Test
    void shouldReplaceTheOldestSessionBeyondTheLimit() {
        for (int i = 1; i <= 3; i++) {
            commands.pipeInput(
                    "alice",
                    user(UserCommandType.SESSION_OPEN, "alice", "s-" + i)
                            .setDevice("d" + i)
                            .setSessionLimit(2)
                            .build());
        }

        deliveriesOf(DeliveryKind.CLOSE, "s-1");
    }

    @Test
    void shouldDoNothingForARecordAboutAnotherSession() {
        open("alice", "s-2", "phone", null);
        commands.pipeInput(
                "alice", user(UserCommandType.SESSION_CLOSE, "alice", "s-1").build());
        deliveries();

        message("bob", 1, "alice", "bob");
        assertThat(deliveries()).hasSize(1);
    }

    @Test
    void shouldRemoveTheSessionsOfAnEdgeThatIsNotHeardOf() {
        // Given
        alive("e-2", 0);
        open("alice", "s-1", "phone", null);

        // When: e-1 is silent, e-2 goes on
        for (int tick = 1; tick <= 4; tick++) {
            commands.advanceTime(Duration.ofSeconds(5));
            alive("e-2", tick);
        }
        deliveries();

        // Then
        message("bob", 1, "alice", "bob");
        assertThat(deliveries()).isEmpty();
        alive("e-1", 5);
        assertThat(deliveries()).extracting(Delivery::getKind).containsExactly(DeliveryKind.FENCED);
    }

    @Test
    void shouldCountAGapInWhichNobodyCouldWriteForNobody() {
        open("alice", "s-1", "phone", null);
        commands.advanceTime(Duration.ofMinutes(10));
        alive("e-1", 1);
        deliveries();

        message("bob", 1, "alice", "bob");
        assertThat(deliveries()).hasSize(1);
    }

    @Test
    void shouldFenceASessionOfAnUnknownEdge() {
        commands.pipeInput(
                "alice",
                user(UserCommandType.SESSION_OPEN, "alice", "s-9")
                        .setOrigin(new Origin("e-9", 3, "s-9", 0L))
                        .setDevice("phone")
                        .build());

        assertThat(deliveries()).extracting(Delivery::getKind).containsExactly(DeliveryKind.FENCED);
    }

    @Test
    void shouldForgetTheSessionsOfAnEdgeThatSaysGoodbye() {
        open("alice", "s-1", "phone", null);
        commands.pipeInput("e-1", edge(UserCommandType.EDGE_GONE, "e-1", null));
        deliveries();

        message("bob", 1, "alice", "bob");
        assertThat(deliveries()).isEmpty();
    }

    @Test
    void shouldMoveAReadCursorForwardOnlyAndNeverBeyondTheLastMessage() {
        message("bob", 1, "alice", "bob");
        message("bob", 2, "alice", "bob");
        entries();

        read("alice", DIRECT, 99);
        read("alice", DIRECT, 1);
        read("mallory", DIRECT, 1);

        assertThat(entries()).extracting(TimelineEntry::getReadSeq).containsExactly(2L);
        assertThat(deliveries())
                .extracting(d -> d.getDecision().getCode() + (d.getDecision().getUnchanged() ? " unchanged" : ""))
                .containsExactly("POSTED", "POSTED unchanged", DecisionCode.NOT_FOUND.name());
    }

    @Test
    void shouldKeepTheIntervalOfAMembership() {
        members("g:1", List.of("alice", "bob"), List.of(), "alice", "bob");
        members("g:1", List.of(), List.of("bob"), "alice", "bob");
        read("bob", "g:1", 1);

        var bob = entries().stream().filter(e -> e.getUser().equals("bob")).toList();
        assertThat(bob).extracting(TimelineEntry::getLeftVersion).containsExactly(null, 2L);
        assertThat(deliveries().get(0).getDecision().getCode()).isEqualTo(DecisionCode.NOT_MEMBER);
    }

    @Test
    void shouldDeadLetterWhatCannotBeTaken() {
        commands.pipeInput(
                "bob",
                user(UserCommandType.SESSION_OPEN, "alice", "s-1")
                        .setDevice("phone")
                        .build());
        commands.pipeInput(
                "alice", user(UserCommandType.SESSION_OPEN, "alice", "s-1").build());
        commands.pipeInput("alice", null);

        assertThat(read(TopicCatalogue.USER_COMMANDS_DEAD_LETTERS))
                .extracting(DeadLetter::getCause)
                .containsExactly(DeadLetterCause.KEY_MISMATCH, DeadLetterCause.INVALID, DeadLetterCause.MISSING_VALUE);
    }

    private void message(String from, long seq, String... members) {
        inbox.pipeInput(
                DIRECT,
                new InboxRecord(
                        0,
                        List.of(members),
                        event(DIRECT, EventKind.MESSAGE, from, seq).build(),
                        true));
    }

    private void members(String conversation, List<String> added, List<String> removed, String... recipients) {
        var event = event(conversation, EventKind.MEMBERS, "alice", 0)
                .setSeq(null)
                .setAdded(added.stream().map(u -> new MemberRef(u, Role.MEMBER)).toList())
                .setRemoved(removed)
                .build();
        inbox.pipeInput(conversation, new InboxRecord(0, List.of(recipients), event, true));
    }

    private ConversationEvent.Builder event(String conversation, EventKind kind, String from, long seq) {
        return ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(++version)
                .setSeq(seq)
                .setLastSeq(seq)
                .setStamp(version)
                .setAt(START)
                .setHash(new Hash128(new byte[16]))
                .setKind(kind)
                .setFrom(from)
                .setDevice("phone")
                .setClientMessageId("k" + seq)
                .setFingerprint(new Hash128(new byte[16]));
    }

    private void open(String user, String session, String device, @Nullable Long attempt) {
        commands.pipeInput(
                user,
                user(UserCommandType.SESSION_OPEN, user, session)
                        .setDevice(device)
                        .setAttempt(attempt)
                        .build());
    }

    private void read(String user, String conversation, long seq) {
        commands.pipeInput(
                user,
                user(UserCommandType.READ, user, "s-1")
                        .setConversation(conversation)
                        .setSeq(seq)
                        .build());
    }

    private void alive(String edge, long tick) {
        commands.pipeInput(edge, edge(UserCommandType.EDGE_ALIVE, edge, tick));
    }

    private static UserCommand.Builder user(UserCommandType type, String user, String session) {
        return UserCommand.newBuilder().setType(type).setUser(user).setOrigin(new Origin("e-1", 2, session, 1L));
    }

    private static UserCommand edge(UserCommandType type, String edge, @Nullable Long tick) {
        return UserCommand.newBuilder()
                .setType(type)
                .setOrigin(new Origin(edge, 1, null, 0L))
                .setTick(tick)
                .build();
    }

    private void deliveriesOf(DeliveryKind kind, String session) {
        assertThat(deliveries())
                .filteredOn(d -> d.getKind() == kind)
                .extracting(d -> d.getClose().getSession())
                .containsExactly(session);
    }

    private List<TimelineEntry> entries() {
        return read(TopicCatalogue.TIMELINE_ENTRIES);
    }

    private List<Delivery> deliveries() {
        return read(TopicCatalogue.DELIVERIES);
    }

    private <T extends SpecificRecord> List<T> read(TopicSpec<T> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer(topic.value()))
                .readValuesToList();
    }
}
