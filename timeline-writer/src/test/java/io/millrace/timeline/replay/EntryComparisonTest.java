package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.log.LogBook;
import io.millrace.timeline.replay.ShadowDifference.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryComparisonTest {
    private final LogBook book = new LogBook();
    private final LogBook other = new LogBook();
    private final ConversationEvent one = book.message("g:trip", "alice", "one");
    private final ConversationEvent two = book.message("g:trip", "alice", "two");
    private final ConversationEvent hello = book.message("d:alice:bob", "alice", "hello");
    private final EventPairs pairs = new EventPairs();
    private final EntryComparison comparison = new EntryComparison(pairs);

    @Test
    void shouldJudgeNoPositionsAndNoOrderAmongConversations() {
        // Given
        allAreSame();

        // When
        live(book.entry("bob", one, 0), book.entry("bob", hello, 0), book.entry("bob", two, 0));
        shadow(
                other.entry("carol", one, 0),
                other.entry("bob", hello, 0),
                other.entry("bob", one, 0),
                other.entry("bob", two, 0));
        live(book.entry("carol", one, 0));

        // Then
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.liveEntries()).isEqualTo(4);
    }

    @Test
    void shouldNameWhoseTimelineLacksOrHasWhat() {
        // Given
        allAreSame();

        // When
        live(book.entry("bob", one, 0), book.entry("bob", two, 0));
        shadow(other.entry("bob", one, 0), other.entry("eve", two, 0));

        // Then
        assertThat(comparison.differences())
                .extracting(ShadowDifference::kind, ShadowDifference::what)
                .containsExactly(
                        tuple(Kind.ENTRY_ONLY_LIVE, "user=bob conversation=g:trip version=2"),
                        tuple(Kind.ENTRY_ONLY_SHADOW, "user=eve conversation=g:trip version=2"));
    }

    @Test
    void shouldNameAnotherOrderWithinAConversation() {
        // Given
        allAreSame();

        // When
        live(book.entry("bob", one, 0), book.entry("bob", two, 0));
        shadow(other.entry("bob", two, 0), other.entry("bob", one, 0));

        // Then
        assertThat(comparison.differences()).extracting(ShadowDifference::kind).containsExactly(Kind.ENTRY_ORDER);
    }

    @Test
    void shouldCompareLikeWithLikeBehindADecisionThatDiffers() {
        // Given
        pairs.onlyLive("g:trip", 1);
        pairs.pair("g:trip", 2, 1);

        // When
        live(book.entry("bob", one, 0), book.entry("bob", two, 0));
        shadow(other.entry("bob", one, 0));

        // Then
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.following()).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutWhatIsNotCompared() {
        // Given
        pairs.pair("g:trip", 2, 2);

        // When
        live(book.entry("bob", one, 0), book.entry("bob", two, 0), book.read("bob", two, 2));
        shadow(other.entry("bob", two, 0), other.entry("bob", hello, 0));

        // Then
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.liveEntries()).isEqualTo(1);
        assertThat(comparison.shadowEntries()).isEqualTo(1);
    }

    private void allAreSame() {
        pairs.pair("g:trip", 1, 1);
        pairs.pair("g:trip", 2, 2);
        pairs.pair("d:alice:bob", 1, 1);
    }

    private void live(TimelineEntry... entries) {
        List.of(entries).forEach(comparison::live);
    }

    private void shadow(TimelineEntry... entries) {
        List.of(entries).forEach(comparison::shadow);
    }
}
