package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipientsTest {
    static {
        RecordSerdes.at("http://unused"); // generated classes may be loaded by Avro from here on
    }

    private static final String GROUP = "g:trip";

    @Test
    void shouldTellBothOfADirectConversation() {
        // Given
        var recipients = new Recipients(new ConversationId("d:alice:bob"));

        // Then
        assertThat(recipients.next(event(EventKind.MESSAGE, "alice").build())).containsExactly("alice", "bob");
        assertThat(recipients.next(event(EventKind.BLOCKED, "bob").build())).containsExactly("bob");
        assertThat(recipients.next(event(EventKind.SCHEDULED, "alice").build())).containsExactly("alice");
    }

    @Test
    void shouldFollowTheMembersOfAGroup() {
        // Given
        var recipients = new Recipients(new ConversationId(GROUP));
        recipients.next(event(EventKind.MEMBERS, "alice")
                .setAdded(List.of(new MemberRef("alice", Role.OWNER), new MemberRef("bob", Role.MEMBER)))
                .build());

        // When
        var joining = recipients.next(event(EventKind.MEMBERS, "alice")
                .setAdded(List.of(new MemberRef("carol", Role.ADMIN)))
                .build());
        var leaving = recipients.next(
                event(EventKind.MEMBERS, "bob").setRemoved(List.of("bob")).build());
        var message = recipients.next(event(EventKind.MESSAGE, "alice").build());
        var link = recipients.next(event(EventKind.LINK, "alice").build());
        var dissolved = recipients.next(event(EventKind.DISSOLVED, "alice")
                .setRemoved(List.of("alice", "carol"))
                .build());

        // Then
        assertThat(joining).containsExactly("alice", "bob", "carol");
        assertThat(leaving).as("who leaves is told").containsExactly("alice", "bob", "carol");
        assertThat(message).containsExactly("alice", "carol");
        assertThat(link).containsExactly("alice", "carol");
        assertThat(dissolved).containsExactly("alice", "carol");
        assertThat(recipients.isMember("alice")).isFalse();
    }

    private static ConversationEvent.Builder event(EventKind kind, String from) {
        return ConversationEvent.newBuilder()
                .setConversation(GROUP)
                .setVersion(1)
                .setLastSeq(0)
                .setStamp(1)
                .setAt(Instant.EPOCH)
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setFrom(from)
                .setClientMessageId("k")
                .setFingerprint(ChainHash.NONE);
    }
}
