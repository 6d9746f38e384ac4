package io.millrace.router.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.InMemoryRegistry;
import io.millrace.router.runtime.StageStore;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.state.UserConversation;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a timeline missed is delivered again, after what came later: it gets an entry, and nothing goes back. */
class LateEventsTopologyTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final String GROUP = "g:1";

    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());
    private final TopologyTestDriver driver = driver();
    private final TestInputTopic<String, InboxRecord> inbox = driver.createInputTopic(
            "inbox", new StringSerializer(), serdes.serializer(InboxRecord.class), START, Duration.ofMillis(1));

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldCountTheSameWhenMessagesComeLate() {
        // Given
        deliver("bob", joined(1, "bob"));
        deliver("bob", message(2, 1));
        deliver("bob", message(5, 4));

        // When
        deliver("bob", mention(3, 2));
        deliver("bob", message(4, 3));

        // Then
        deliver("carol", joined(1, "carol"));
        deliver("carol", message(2, 1));
        deliver("carol", mention(3, 2));
        deliver("carol", message(4, 3));
        deliver("carol", message(5, 4));
        assertThat(row("bob")).isEqualTo(row("carol"));
        var bob = entries().stream().filter(e -> e.getUser().equals("bob")).toList();
        assertThat(bob).extracting(TimelineEntry::getPosition).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(bob).extracting(TimelineEntry::getVersion).containsExactly(1L, 2L, 5L, 3L, 4L);
        assertThat(bob).extracting(TimelineEntry::getLastSeq).containsExactly(0L, 1L, 4L, 4L, 4L);
        assertThat(bob).extracting(TimelineEntry::getUnread).containsExactly(0L, 1L, 4L, 4L, 4L);
    }

    @Test
    void shouldNotCountAMentionThatWasRecalledBeforeItCame() {
        // Given
        deliver("bob", joined(1, "bob"));
        deliver("bob", event(3, EventKind.RECALLED, 1).setTargetSeq(1L));

        // When
        deliver("bob", mention(2, 1));

        // Then
        assertThat(row("bob").getMentions()).isEmpty();
        assertThat(row("bob").getGone()).containsExactly(1L);
    }

    @Test
    void shouldStayInOrOutWhenAnEarlierMembershipComesLate() {
        // Given
        deliver("bob", joined(9, "bob"));
        deliver("carol", joined(1, "carol"));
        deliver("carol", left(9, "carol"));

        // When
        deliver("bob", joined(1, "bob"));
        deliver("bob", left(5, "bob"));
        deliver("carol", left(3, "carol"));
        deliver("carol", joined(5, "carol"));

        // Then
        assertThat(row("bob").getJoinedVersion()).isEqualTo(9);
        assertThat(row("bob").getLeftVersion()).isNull();
        assertThat(row("carol").getLeftVersion()).isEqualTo(9);
        assertThat(entries()).hasSize(7);
    }

    private void deliver(String user, ConversationEvent.Builder event) {
        inbox.pipeInput(GROUP, new InboxRecord(0, List.of(user), event.build(), false));
    }

    private static ConversationEvent.Builder joined(long version, String user) {
        return event(version, EventKind.MEMBERS, 0).setAdded(List.of(new MemberRef(user, Role.MEMBER)));
    }

    private static ConversationEvent.Builder left(long version, String user) {
        return event(version, EventKind.MEMBERS, 0).setRemoved(List.of(user));
    }

    private static ConversationEvent.Builder message(long version, long seq) {
        return event(version, EventKind.MESSAGE, seq).setSeq(seq);
    }

    private static ConversationEvent.Builder mention(long version, long seq) {
        return message(version, seq).setMentionAll(true);
    }

    private static ConversationEvent.Builder event(long version, EventKind kind, long lastSeq) {
        return ConversationEvent.newBuilder()
                .setConversation(GROUP)
                .setVersion(version)
                .setLastSeq(lastSeq)
                .setStamp(version)
                .setAt(START)
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setFrom("alice")
                .setClientMessageId("k" + version)
                .setFingerprint(ChainHash.NONE);
    }

    private UserConversation row(String user) {
        return new StageStore(TopicCatalogue.USERS_APP, serdes)
                .open(driver.getKeyValueStore(StageStore.NAME), UserStores.USER_CONVERSATIONS)
                .get(TimelineStateStore.key(user, GROUP));
    }

    private List<TimelineEntry> entries() {
        return driver.createOutputTopic(
                        TopicCatalogue.TIMELINE_ENTRIES.name(),
                        new StringDeserializer(),
                        serdes.deserializer(TimelineEntry.class))
                .readValuesToList();
    }

    private TopologyTestDriver driver() {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, TopicCatalogue.USERS_APP);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return new TopologyTestDriver(new UsersTopology(serdes, "e1", Duration.ofSeconds(30)).get(), p, START);
    }
}
