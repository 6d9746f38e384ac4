package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliceFoldTest {
    static {
        RecordSerdes.at("http://unused"); // generated classes may be loaded by Avro from here on
    }

    private final SliceFold fold = new SliceFold(new IdRewrite(Map.of("alice", "zoe"), "copy-"), "e-new");

    @Test
    void shouldRewriteIdsWhereverTheyStandAndChainAgain() {
        // Given
        var one = event("d:alice:bob", 1, ChainHash.NONE);
        var two = event("d:alice:bob", 2, one.getHash());

        // When
        var first = fold.next(one);
        var second = fold.next(two);

        // Then
        assertThat(first.getConversation()).isEqualTo("d:copy-bob:zoe");
        assertThat(first.getFrom()).isEqualTo("zoe");
        assertThat(first.getMentions()).containsExactly("copy-bob");
        assertThat(first.getAdded()).containsExactly(new MemberRef("copy-carol", Role.MEMBER));
        assertThat(first.getRemoved()).containsExactly("copy-dave");
        assertThat(first.getMuted()).containsExactly("copy-bob");
        assertThat(first.getHash()).isEqualTo(ChainHash.next(ChainHash.NONE, first));
        assertThat(second.getHash()).isEqualTo(ChainHash.next(first.getHash(), second));
        assertThat(fold.conversations()).containsExactly("d:copy-bob:zoe");
    }

    @Test
    void shouldRefuseAHoleAndAWrongHash() {
        // Given
        var one = event("g:trip", 1, ChainHash.NONE);
        fold.next(one);

        // Then
        assertThatThrownBy(() -> fold.next(event("g:trip", 3, one.getHash())))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("version 3 of g:trip does not follow version 1");
        assertThatThrownBy(() -> fold.next(event("g:trip", 2, ChainHash.NONE))).isInstanceOf(ReplayException.class);
    }

    @Test
    void shouldTakeATimelineOnlyWithEveryEventInIt() {
        // Given
        fold.next(event("d:alice:bob", 1, ChainHash.NONE));
        var known = entry("d:alice:bob", 1, ChainHash.NONE);

        // When
        var next = fold.next(known);

        // Then
        assertThat(next.getUser()).isEqualTo("copy-bob");
        assertThat(next.getEpoch()).isEqualTo("e-new");
        assertThat(next.getHash()).isEqualTo(ChainHash.next(ChainHash.NONE, next));
        assertThat(fold.users()).containsExactly("copy-bob");
        assertThatThrownBy(() -> fold.next(entry("g:elsewhere", 2, known.getHash())))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("--closed");
    }

    @Test
    void shouldRefuseIdsThatBecomeOne() {
        // Given
        var ids = new IdRewrite(Map.of("alice", "copy-bob"), "copy-");
        ids.user("bob");

        // Then
        assertThatThrownBy(() -> ids.user("alice")).isInstanceOf(ReplayException.class);
        assertThatThrownBy(() -> new IdRewrite(Map.of(), "no spaces ").user("bob"))
                .isInstanceOf(ReplayException.class);
        assertThatThrownBy(() -> new IdRewrite(Map.of("g:trip", "r:trip"), "").conversation("g:trip"))
                .isInstanceOf(ReplayException.class);
    }

    private static ConversationEvent event(String conversation, long version, Hash128 previous) {
        var event = ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(version)
                .setLastSeq(0)
                .setStamp(version)
                .setAt(Instant.EPOCH)
                .setHash(ChainHash.NONE)
                .setKind(EventKind.MEMBERS)
                .setFrom("alice")
                .setClientMessageId("k")
                .setFingerprint(ChainHash.NONE)
                .setMentions(List.of("bob"))
                .setAdded(List.of(new MemberRef("carol", Role.MEMBER)))
                .setRemoved(List.of("dave"))
                .setMuted(List.of("bob"))
                .build();
        event.put("hash", ChainHash.next(previous, event));
        return event;
    }

    private static TimelineEntry entry(String conversation, long position, Hash128 previous) {
        var entry = TimelineEntry.newBuilder()
                .setUser("bob")
                .setEpoch("e-old")
                .setPosition(position)
                .setStamp(position)
                .setAt(Instant.EPOCH)
                .setHash(ChainHash.NONE)
                .setKind(EventKind.MEMBERS)
                .setConversation(conversation)
                .setVersion(1L)
                .setLastSeq(0)
                .setReadSeq(0)
                .setJoinedVersion(1)
                .setFrom("alice")
                .build();
        entry.put("hash", ChainHash.next(previous, entry));
        return entry;
    }
}
