package io.millrace.router.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.AvroSerializer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has been taken of a source, as the public topics tell it; with real topics it is tested in local-stack. */
class OutcomesTest {
    private static final String GROUP = "g:trip";

    static {
        // the serializer's class makes Avro trust the generated records, which their builders need as well
        new AvroSerializer<ConversationEvent>().close();
    }

    private final Outcomes outcomes = new Outcomes();

    @Test
    void shouldTellWhatIsNumberedByTheVersionsInTimelines() {
        // Given
        outcomes.ofTimelines(0, entry("alice", 1L, 10));
        outcomes.ofTimelines(0, entry("bob", 1L, 10));
        outcomes.ofTimelines(0, entry("alice", 2L, 20)); // bob has left

        // Then
        assertThat(outcomes.isNumbered(inbox(1, "alice", "bob"))).isTrue();
        assertThat(outcomes.isNumbered(inbox(2, "alice"))).isTrue();
        assertThat(outcomes.isNumbered(inbox(3, "alice", "bob"))).isFalse();
        assertThat(outcomes.isNumbered(inbox(1, "carol"))).isFalse();
    }

    @Test
    void shouldTakeTimesOfWhatUsersDidFromEntriesWithoutAVersion() {
        // Given
        outcomes.ofTimelines(0, entry("alice", 7L, 500));
        outcomes.ofTimelines(0, entry("alice", null, 200));
        outcomes.ofTimelines(0, entry("bob", null, 100));
        outcomes.ofCommands(3, 400);

        // Then
        assertThat(outcomes.lastUserCommandAt(0)).isEqualTo(200);
        assertThat(outcomes.lastUserCommandAt(1)).isZero();
        assertThat(outcomes.lastCommandAt(3)).isEqualTo(400);
        assertThat(outcomes.lastCommandAt(0)).isZero();
    }

    private static TimelineEntry entry(String user, @Nullable Long version, long atMs) {
        return TimelineEntry.newBuilder()
                .setUser(user)
                .setEpoch("e1")
                .setPosition(1)
                .setStamp(1)
                .setAt(Instant.ofEpochMilli(atMs))
                .setHash(ChainHash.NONE)
                .setKind(version == null ? EventKind.READ : EventKind.MESSAGE)
                .setConversation(GROUP)
                .setVersion(version)
                .setLastSeq(1)
                .setReadSeq(0)
                .setJoinedVersion(1)
                .setFrom("alice")
                .build();
    }

    private static InboxRecord inbox(long version, String... members) {
        var event = ConversationEvent.newBuilder()
                .setConversation(GROUP)
                .setVersion(version)
                .setLastSeq(version)
                .setStamp(version)
                .setAt(Instant.EPOCH)
                .setHash(ChainHash.NONE)
                .setKind(EventKind.MESSAGE)
                .setFrom("alice")
                .setClientMessageId("k" + version)
                .setFingerprint(ChainHash.NONE)
                .build();
        return new InboxRecord(0, List.of(members), event, false);
    }
}
