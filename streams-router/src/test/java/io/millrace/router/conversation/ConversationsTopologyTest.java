package io.millrace.router.conversation;

import static io.millrace.router.Commands.about;
import static io.millrace.router.Commands.create;
import static io.millrace.router.Commands.members;
import static io.millrace.router.Commands.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.InMemoryRegistry;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationsTopologyTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final String DIRECT = "d:alice:bob";

    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());
    private TopologyTestDriver driver;
    private TestInputTopic<String, Command> commands;

    @BeforeEach
    void start() {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, TopicCatalogue.CONVERSATIONS_APP);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(
                new ConversationsTopology(serdes, 8, ConversationSettings.of(5, Duration.ofHours(24))).get(), p, START);
        commands = driver.createInputTopic(
                "commands", new StringSerializer(), serdes.serializer(Command.class), START, Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldNumberMessagesWithoutAHole() {
        // When
        pipe(send("alice", DIRECT, "k1", "hi"));
        pipe(send("bob", DIRECT, "k2", "hello"));
        pipe(about(CommandType.REACT, "alice", DIRECT, "k3", 2));
        pipe(send("alice", DIRECT, "k4", "again"));

        // Then
        var events = read(TopicCatalogue.CONVERSATION_EVENTS);
        assertThat(events).extracting(ConversationEvent::getVersion).containsExactly(1L, 2L, 3L, 4L);
        assertThat(events).extracting(ConversationEvent::getSeq).containsExactly(1L, 2L, null, 3L);
        assertThat(events).extracting(ConversationEvent::getLastSeq).containsExactly(1L, 2L, 2L, 3L);
        var previous = ChainHash.NONE;
        long stamp = 0;
        for (var event : events) {
            assertThat(event.getHash()).isEqualTo(ChainHash.next(previous, event));
            assertThat(event.getStamp()).isGreaterThan(stamp);
            previous = event.getHash();
            stamp = event.getStamp();
        }
    }

    @Test
    void shouldRepeatTheFirstDecisionWhenACommandComesAgain() {
        // Given
        pipe(send("alice", DIRECT, "k1", "hi"));
        var first = decisions().get(0);

        // When
        pipe(send("alice", DIRECT, "k1", "hi"));

        // Then
        var again = decisions().get(0);
        assertThat(again.getDuplicate()).isTrue();
        assertThat(again.getSeq()).isEqualTo(first.getSeq());
        assertThat(again.getMessageId()).isEqualTo(first.getMessageId());
        assertThat(again.getAt()).isEqualTo(first.getAt());
        assertThat(read(TopicCatalogue.CONVERSATION_EVENTS)).hasSize(1);
    }

    @Test
    void shouldRejectAKeyWithOtherContent() {
        pipe(send("alice", DIRECT, "k1", "hi"));
        pipe(send("alice", DIRECT, "k1", "something else"));

        assertThat(decisions())
                .extracting(Decision::getCode)
                .containsExactly(DecisionCode.POSTED, DecisionCode.CONFLICT);
    }

    @Test
    void shouldTakeTheSameKeyInTwoConversations() {
        pipe(send("alice", DIRECT, "k1", "hi"));
        pipe(send("alice", "d:alice:carol", "k1", "hi"));

        assertThat(decisions()).extracting(Decision::getDuplicate).containsExactly(false, false);
        assertThat(read(TopicCatalogue.CONVERSATION_EVENTS)).hasSize(2);
    }

    @Test
    void shouldForgetAKeyAfterTheWindowAndDeleteWhatIsOld() {
        // Given
        pipe(send("alice", DIRECT, "k1", "hi"));

        // When
        commands.advanceTime(Duration.ofHours(25));
        pipe(send("alice", DIRECT, "k1", "hi"));
        commands.advanceTime(Duration.ofDays(3));
        pipe(send("alice", DIRECT, "k2", "hi"));
        pipe(send("alice", DIRECT, "k3", "hi"));

        // Then
        assertThat(decisions()).extracting(Decision::getDuplicate).containsOnly(false);
        try (var left = new StageStore(TopicCatalogue.CONVERSATIONS_APP, serdes)
                .open(driver.getKeyValueStore(StageStore.NAME), ConversationStores.DEDUP)
                .all()) {
            assertThat(left).toIterable().hasSize(2);
        }
    }

    /** Of the brokers that stamp a retry and its first one, one may be ahead: here by two seconds, about midnight. */
    @Test
    void shouldRecogniseARetryWhenTheFirstWasStampedByAClockAhead() {
        // Given
        var midnight = START.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        pipeAt(midnight.plusSeconds(1), send("alice", DIRECT, "k1", "hi"));

        // When
        pipeAt(midnight.minusSeconds(1), send("alice", DIRECT, "k1", "hi"));

        // Then
        assertThat(decisions())
                .extracting(d -> d.getSeq() + " " + d.getDuplicate())
                .containsExactly("1 false", "1 true");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 0, 59 * 60 * 1000})
    void shouldForgetNoKeyWhenTheTimeOfOneRecordIsAbsurd(long absurdMs) {
        // Given
        pipe(send("alice", DIRECT, "k1", "hi"));
        long atMs = absurdMs == 59 * 60 * 1000 ? START.toEpochMilli() + absurdMs : absurdMs;
        pipeAt(Instant.ofEpochMilli(atMs), send("alice", DIRECT, "k2", "when?"));

        // When
        pipe(send("alice", DIRECT, "k1", "hi"));
        pipe(send("alice", DIRECT, "k3", "now"));

        // Then
        assertThat(decisions())
                .extracting(d -> d.getSeq() + " " + d.getDuplicate())
                .containsExactly("1 false", "2 false", "1 true", "3 false");
        assertThat(read(TopicCatalogue.CONVERSATION_EVENTS))
                .extracting(ConversationEvent::getStamp)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldRejectAUuid7OlderThanTheWindow() {
        long old = START.minus(Duration.ofHours(25)).toEpochMilli();
        var key = String.format("%08x-%04x-7000-8000-000000000000", old >>> 16, old & 0xffff);

        pipe(send("alice", DIRECT, key, "hi"));

        assertThat(decisions()).extracting(Decision::getCode).containsExactly(DecisionCode.TOO_OLD);
    }

    /** Only its age can make a key's own time matter: what it says of the future changes neither window nor order. */
    @Test
    void shouldTakeAUuid7OfTheFutureForAKeyLikeAnyOther() {
        // Given: the last instant that a UUIDv7 can name
        var key = "ffffffff-ffff-7000-8000-000000000000";

        // When
        pipe(send("alice", DIRECT, key, "hi"));
        pipe(send("alice", DIRECT, key, "hi"));
        pipe(send("alice", DIRECT, "k2", "hi"));

        // Then
        assertThat(decisions())
                .extracting(d -> d.getCode() + " " + d.getSeq() + " " + d.getDuplicate())
                .containsExactly("POSTED 1 false", "POSTED 1 true", "POSTED 2 false");
        assertThat(read(TopicCatalogue.CONVERSATION_EVENTS))
                .extracting(ConversationEvent::getAt)
                .allMatch(at -> at.isBefore(START.plusSeconds(60)));
    }

    /** Names of a direct conversation of others, of a room and of a group without members are no way in. */
    @Test
    void shouldAnswerEveryCommandOfAStrangerTheSame() {
        // Given
        pipe(send("alice", DIRECT, "k0", "hi"));
        var group = create("alice", "g1", "Team", "bob").getConversation();
        pipe(create("alice", "g1", "Team", "bob"));
        decisions();

        // When
        for (var conversation : List.of(DIRECT, group, "g:NOSUCHGROUP", "d:carol:dave", "r:lobby")) {
            pipe(send("mallory", conversation, "k1", "hi"));
            pipe(about(CommandType.EDIT, "mallory", conversation, "k2", 1));
            pipe(about(CommandType.RECALL, "mallory", conversation, "k3", 1));
            pipe(about(CommandType.REACT, "mallory", conversation, "k4", 1));
            pipe(members(CommandType.ADD_MEMBERS, "mallory", conversation, "k6", "mallory"));
            pipe(members(CommandType.REMOVE_MEMBER, "mallory", conversation, "k7", "alice"));
        }

        // Then
        assertThat(decisions()).hasSize(30).extracting(Decision::getCode).containsOnly(DecisionCode.NOT_FOUND);
    }

    @Test
    void shouldNotLetAStrangerLearnOfAConversation() {
        pipe(send("mallory", DIRECT, "k1", "hi"));
        var group = create("alice", "g1", "Team", "bob");
        pipe(group);
        pipe(send("mallory", group.getConversation(), "k2", "hi"));
        pipe(send("mallory", "g:NOSUCHGROUP", "k3", "hi"));

        assertThat(decisions())
                .extracting(Decision::getCode)
                .containsExactly(
                        DecisionCode.NOT_FOUND, DecisionCode.POSTED, DecisionCode.NOT_FOUND, DecisionCode.NOT_FOUND);
        assertThat(read(TopicCatalogue.REJECTIONS))
                .extracting(Rejection::getUser)
                .containsOnly("mallory");
    }

    @Test
    void shouldRememberARejectionWhenThingsHaveChangedSince() {
        // Given
        var group = create("alice", "g1", "Team", "bob");
        pipe(group);
        pipe(send("carol", group.getConversation(), "k1", "hi"));
        pipe(members(CommandType.ADD_MEMBERS, "alice", group.getConversation(), "k2", "carol"));

        // When
        pipe(send("carol", group.getConversation(), "k1", "hi"));
        pipe(send("carol", group.getConversation(), "k3", "hi"));

        // Then
        assertThat(decisions())
                .extracting(Decision::getCode)
                .containsExactly(
                        DecisionCode.POSTED,
                        DecisionCode.NOT_FOUND,
                        DecisionCode.POSTED,
                        DecisionCode.NOT_FOUND,
                        DecisionCode.POSTED);
    }

    @Test
    void shouldMakeAGroupOnceForEver() {
        var group = create("alice", "g1", "Team", "bob", "alice", "bob");
        pipe(group);
        pipe(group);
        commands.advanceTime(Duration.ofDays(30));
        pipe(group);

        assertThat(decisions()).allSatisfy(d -> {
            assertThat(d.getCode()).isEqualTo(DecisionCode.POSTED);
            assertThat(d.getVersion()).isEqualTo(1L);
        });
        var events = read(TopicCatalogue.CONVERSATION_EVENTS);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getAdded())
                .extracting(m -> m.getUser() + " " + m.getRole())
                .containsExactly("alice OWNER", "bob MEMBER");
        assertThat(events.get(0).getTitle()).isEqualTo("Team");
    }

    @Test
    void shouldTakeMembersUpToTheLimitOfAGroupAndNoMore() {
        // Given: five at most
        var full = create("alice", "g1", "Team", "bob", "carol", "dave", "eve");
        var tooLarge = create("alice", "g2", "Team", "bob", "carol", "dave", "eve", "frank");
        var group = full.getConversation();

        // When
        pipe(full);
        pipe(tooLarge);
        pipe(members(CommandType.ADD_MEMBERS, "alice", group, "m1", "frank"));
        pipe(members(CommandType.REMOVE_MEMBER, "alice", group, "m2", "eve"));
        pipe(members(CommandType.ADD_MEMBERS, "alice", group, "m3", "frank", "grace"));
        pipe(members(CommandType.ADD_MEMBERS, "alice", group, "m4", "frank", "bob"));

        // Then
        assertThat(decisions())
                .extracting(Decision::getCode)
                .containsExactly(
                        DecisionCode.POSTED,
                        DecisionCode.INVALID,
                        DecisionCode.INVALID,
                        DecisionCode.POSTED,
                        DecisionCode.INVALID,
                        DecisionCode.POSTED);
    }

    @Test
    void shouldTellARemovedMemberAndThenNothingMore() {
        var group = create("alice", "g1", "Team", "bob", "carol");
        var id = group.getConversation();
        pipe(group);
        pipe(members(CommandType.REMOVE_MEMBER, "alice", id, "k1", "bob"));
        pipe(send("alice", id, "k2", "hi"));
        pipe(send("bob", id, "k3", "hi"));

        assertThat(decisions()).extracting(Decision::getCode).endsWith(DecisionCode.NOT_MEMBER);
        var told = read(TopicCatalogue.INBOX).stream()
                .filter(r -> r.getMembers().contains("bob"))
                .map(r -> r.getEvent().getVersion());
        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void shouldPassOwnershipOnWhenTheOwnerLeaves() {
        var group = create("alice", "g1", "Team", "bob", "carol");
        var id = group.getConversation();
        pipe(group);
        pipe(members(CommandType.REMOVE_MEMBER, "bob", id, "k1", "carol"));
        pipe(members(CommandType.REMOVE_MEMBER, "alice", id, "k2", "alice"));
        pipe(members(CommandType.REMOVE_MEMBER, "bob", id, "k3", "carol"));

        assertThat(decisions())
                .extracting(Decision::getCode)
                .containsExactly(DecisionCode.POSTED, DecisionCode.FORBIDDEN, DecisionCode.POSTED, DecisionCode.POSTED);
    }

    @Test
    void shouldHoldRightsOnEditRecallAndReact() {
        pipe(send("alice", DIRECT, "k1", "hi"));
        pipe(about(CommandType.EDIT, "bob", DIRECT, "k2", 1));
        pipe(about(CommandType.EDIT, "alice", DIRECT, "k3", 1));
        pipe(about(CommandType.REACT, "bob", DIRECT, "k4", 1));
        pipe(about(CommandType.REACT, "bob", DIRECT, "k5", 1));
        pipe(about(CommandType.RECALL, "alice", DIRECT, "k6", 1));
        pipe(about(CommandType.RECALL, "alice", DIRECT, "k7", 1));
        pipe(about(CommandType.EDIT, "alice", DIRECT, "k8", 1));
        pipe(about(CommandType.EDIT, "alice", DIRECT, "k9", 99));

        var decisions = decisions();
        assertThat(decisions)
                .extracting(d -> d.getCode() + (d.getUnchanged() ? " unchanged" : ""))
                .containsExactly(
                        "POSTED",
                        "FORBIDDEN",
                        "POSTED",
                        "POSTED",
                        "POSTED unchanged",
                        "POSTED",
                        "POSTED unchanged",
                        "INVALID",
                        "INVALID");
        assertThat(read(TopicCatalogue.CONVERSATION_EVENTS))
                .extracting(ConversationEvent::getKind)
                .containsExactly(EventKind.MESSAGE, EventKind.EDITED, EventKind.REACTION, EventKind.RECALLED);
    }

    @Test
    void shouldListEveryMemberOnceInTheRecordOfItsPartition() {
        var group = create("alice", "g1", "Team", "bob", "carol", "dave");
        pipe(group);

        var inbox = read(TopicCatalogue.INBOX);
        var fanOut = new InboxFanOut(8);
        assertThat(inbox).allSatisfy(r -> assertThat(r.getMembers())
                .allSatisfy(m -> assertThat(fanOut.partitionOf(m)).isEqualTo(r.getPartition())));
        assertThat(inbox.stream().flatMap(r -> r.getMembers().stream()))
                .containsExactlyInAnyOrder("alice", "bob", "carol", "dave");
        assertThat(inbox).extracting(InboxRecord::getPartition).doesNotHaveDuplicates();
    }

    @Test
    void shouldDeadLetterWhatCannotBeTaken() {
        commands.pipeInput("d:alice:carol", send("alice", DIRECT, "k1", "hi"));
        commands.pipeInput(DIRECT, null);
        pipe(Command.newBuilder(send("alice", DIRECT, "k2", "hi"))
                .setType(CommandType.UNKNOWN)
                .build());

        assertThat(read(TopicCatalogue.COMMANDS_DEAD_LETTERS))
                .extracting(DeadLetter::getCause)
                .containsExactly(DeadLetterCause.KEY_MISMATCH, DeadLetterCause.MISSING_VALUE, DeadLetterCause.INVALID);
        assertThat(decisions()).isEmpty();
    }

    private void pipe(Command command) {
        commands.pipeInput(command.getConversation(), command);
    }

    private void pipeAt(Instant at, Command command) {
        commands.pipeInput(command.getConversation(), command, at.toEpochMilli());
    }

    private List<Decision> decisions() {
        return read(TopicCatalogue.DELIVERIES).stream()
                .map(Delivery::getDecision)
                .toList();
    }

    private <T extends SpecificRecord> List<T> read(TopicSpec<T> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer(topic.value()))
                .readValuesToList();
    }
}
