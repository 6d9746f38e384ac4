package io.millrace.example.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.example.analytics.record.Minute;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyticsTopologyTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final String DIRECT = "d:alice:bob";
    private static final String GROUP = "g:walkers";
    private static final Hash128 HASH = new Hash128(new byte[16]);

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, ConversationEvent> events;
    private TestInputTopic<String, Receipt> receipts;
    private TestInputTopic<String, TimelineEntry> entries;
    private TestOutputTopic<String, Minute> minutes;
    private final Map<String, Minute> written = new HashMap<>();
    private long version;

    @BeforeEach
    void start() {
        var serdes = RecordSerdes.on(new InMemoryRegistry());
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, AnalyticsTopology.APPLICATION);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        p.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(new AnalyticsTopology(serdes).get(), p, NOON);
        var keys = new StringSerializer();
        events = driver.createInputTopic("conversation-events", keys, serdes.serializer(ConversationEvent.class));
        receipts = driver.createInputTopic("receipts", keys, serdes.serializer(Receipt.class));
        entries = driver.createInputTopic("timeline-entries", keys, serdes.serializer(TimelineEntry.class));
        minutes = driver.createOutputTopic(
                AnalyticsTopology.MINUTES, new StringDeserializer(), serdes.deserializer(Minute.class));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldCountMessagesByMinuteAndKindOfConversation() {
        // When
        message(DIRECT, "alice", 1, NOON);
        message(DIRECT, "alice", 2, NOON.plusSeconds(59));
        message(GROUP, "alice", 1, NOON.plusSeconds(30));
        message("r:lobby", "alice", 1, NOON.plusSeconds(60));
        events.pipeInput(DIRECT, event(DIRECT, "alice", EventKind.REACTION, null, 2, NOON));

        // Then
        var first = minute("2026-11-01T12:00:00Z");
        assertThat(first.getMinute()).isEqualTo(NOON);
        assertThat(first.getDirect()).isEqualTo(2);
        assertThat(first.getGroup()).isEqualTo(1);
        assertThat(first.getRoom()).isZero();
        assertThat(minute("2026-11-01T12:01:00Z").getRoom()).isEqualTo(1);
    }

    @Test
    void shouldMeasureFromTheCommandToTheFirstReceiptThatCoversTheMessage() {
        // Given
        message(DIRECT, "alice", 1, NOON);
        message(DIRECT, "alice", 2, NOON.plusMillis(500));
        message(DIRECT, "bob", 3, NOON.plusMillis(600));

        // When
        receipt(DIRECT, "bob", 2, NOON.plusMillis(1000));
        receipt(DIRECT, "bob", 2, NOON.plusMillis(9000));
        receipt(DIRECT, "bob", 3, NOON.plusMillis(9500));

        // Then: 1000 ms and 500 ms, and nothing of his own
        var all = minute("2026-11-01T12:00:00Z");
        assertThat(all.getDelivered()).isEqualTo(2);
        assertThat(all.getP50Ms()).isBetween(500L, 550L);
        assertThat(all.getP99Ms()).isBetween(1000L, 1100L);
        assertThat(all.getLatencies()).hasSize(2);
    }

    @Test
    void shouldMeasureTheSameWhenTheReceiptIsReadBeforeTheMessage() {
        // When
        receipt(DIRECT, "bob", 1, NOON.plusMillis(200));
        receipt(DIRECT, "bob", 2, NOON.plusMillis(900));
        message(DIRECT, "alice", 1, NOON);
        message(DIRECT, "alice", 2, NOON.plusMillis(100));
        receipt(DIRECT, "bob", 2, NOON.plusMillis(5000));

        // Then
        var all = minute("2026-11-01T12:00:00Z");
        assertThat(all.getDelivered()).isEqualTo(2);
        assertThat(all.getP50Ms()).isBetween(200L, 220L);
        assertThat(all.getP99Ms()).isBetween(800L, 880L);
    }

    @Test
    void shouldCountNothingThatWasBeforeAMemberCameOrAfterItLeft() {
        // Given
        members(List.of("alice", "bob"), List.of(), 0);
        message(GROUP, "alice", 1, NOON);

        // When
        members(List.of("carol"), List.of(), 1);
        message(GROUP, "alice", 2, NOON);
        receipt(GROUP, "carol", 2, NOON.plusMillis(100));
        members(List.of(), List.of("bob"), 2);
        receipt(GROUP, "bob", 2, NOON.plusMillis(100));

        // Then
        assertThat(minute("2026-11-01T12:00:00Z").getDelivered()).isEqualTo(1);
    }

    @Test
    void shouldMeasureInAGroupOfWhichTheReceiptIsReadFirst() {
        // When
        receipt(GROUP, "bob", 1, NOON.plusMillis(100));
        members(List.of("alice", "bob"), List.of(), 0);
        message(GROUP, "alice", 1, NOON);

        // Then
        assertThat(minute("2026-11-01T12:00:00Z").getDelivered()).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatWasKnownLateOutOfThePercentiles() {
        // Given
        message(DIRECT, "alice", 1, NOON);

        // When
        receipt(DIRECT, "bob", 1, NOON.plus(Duration.ofHours(3)));

        // Then
        var all = minute("2026-11-01T12:00:00Z");
        assertThat(all.getLate()).isEqualTo(1);
        assertThat(all.getDelivered()).isZero();
        assertThat(all.getP99Ms()).isNull();
    }

    @Test
    void shouldCountAUserOnceInEachMinuteInWhichItDidSomething() {
        // When
        entry("alice", "alice", NOON);
        entry("alice", "alice", NOON.plusSeconds(59));
        entry("bob", "alice", NOON);
        entry("bob", "bob", NOON.plusSeconds(30));
        entry("alice", "alice", NOON.plusSeconds(61));
        entry("alice", "alice", NOON.plusSeconds(58));

        // Then
        assertThat(minute("2026-11-01T12:00:00Z").getActiveUsers()).isEqualTo(2);
        assertThat(minute("2026-11-01T12:01:00Z").getActiveUsers()).isEqualTo(1);
    }

    @Test
    void shouldShowWhatStandsInTheTopic() {
        // When
        message(DIRECT, "alice", 1, NOON);
        message(GROUP, "alice", 1, NOON);

        // Then
        var shown = driver.<String, Minute>getKeyValueStore(AnalyticsTopology.RESULTS);
        assertThat(shown.get("2026-11-01T12:00:00Z")).isEqualTo(minute("2026-11-01T12:00:00Z"));
    }

    private Minute minute(String key) {
        written.putAll(minutes.readKeyValuesToMap());
        assertThat(written).containsKey(key);
        return written.get(key);
    }

    private void message(String conversation, String from, long seq, Instant at) {
        events.pipeInput(conversation, event(conversation, from, EventKind.MESSAGE, seq, seq, at));
    }

    private void members(List<String> added, List<String> removed, long lastSeq) {
        var event = ConversationEvent.newBuilder(event(GROUP, "alice", EventKind.MEMBERS, null, lastSeq, NOON))
                .setAdded(added.stream()
                        .map(user -> new MemberRef(user, Role.MEMBER))
                        .toList())
                .setRemoved(removed)
                .build();
        events.pipeInput(GROUP, event);
    }

    private ConversationEvent event(
            String conversation, String from, EventKind kind, Long seq, long lastSeq, Instant at) {
        version++;
        return ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(version)
                .setSeq(seq)
                .setLastSeq(lastSeq)
                .setStamp(version)
                .setAt(at)
                .setHash(HASH)
                .setKind(kind)
                .setFrom(from)
                .setClientMessageId("k" + version)
                .setFingerprint(HASH)
                .build();
    }

    private void receipt(String conversation, String user, long delivered, Instant at) {
        receipts.pipeInput(
                conversation + ' ' + user,
                new Receipt(conversation, user, delivered, 0L, at.toEpochMilli() * 1000, at));
    }

    private void entry(String user, String from, Instant at) {
        version++;
        entries.pipeInput(
                user,
                TimelineEntry.newBuilder()
                        .setUser(user)
                        .setEpoch("e1")
                        .setPosition(version)
                        .setStamp(version)
                        .setAt(at)
                        .setHash(HASH)
                        .setKind(EventKind.MESSAGE)
                        .setConversation(DIRECT)
                        .setLastSeq(1)
                        .setReadSeq(0)
                        .setJoinedVersion(1)
                        .setFrom(from)
                        .build());
    }
}
