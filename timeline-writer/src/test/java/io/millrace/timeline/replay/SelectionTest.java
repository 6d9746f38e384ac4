package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.timeline.cassandra.TableShape;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @Test
    void shouldTakeEverythingUnlessSomethingIsChosen() {
        assertThat(Selection.EVERYTHING.takes(Sources.EVENTS, null)).isTrue();
        assertThat(Selection.EVERYTHING.takes(Sources.ENTRIES, "bob")).isTrue();
        assertThat(Selection.EVERYTHING.reads(Sources.ENTRIES, 7, 8)).isTrue();
        assertThat(Selection.EVERYTHING).hasToString("everything");
    }

    @Test
    void shouldTakeTimelinesOfUsersAndEventsAndReceiptsOfConversations() {
        // Given
        var selection = new Selection(Set.of("bob"), Set.of("d:alice:bob"), Set.of());

        // Then
        assertThat(selection.takes(Sources.ENTRIES, "bob")).isTrue();
        assertThat(selection.takes(Sources.ENTRIES, "alice")).isFalse();
        assertThat(selection.takes(Sources.EVENTS, "d:alice:bob")).isTrue();
        assertThat(selection.takes(Sources.EVENTS, "d:alice:carol")).isFalse();
        assertThat(selection.takes(Sources.RECEIPTS, "d:alice:bob alice")).isTrue();
        assertThat(selection.takes(Sources.RECEIPTS, "d:alice:carol alice")).isFalse();
        assertThat(selection.takes(Sources.EVENTS, null)).isFalse();
    }

    @Test
    void shouldReadOnlyThePartitionsOfWhatIsChosen() {
        // Given
        var selection = new Selection(Set.of("bob"), Set.of(), Set.of());

        // When
        var read = IntStream.range(0, 8)
                .filter(partition -> selection.reads(Sources.ENTRIES, partition, 8))
                .toArray();

        // Then
        assertThat(read).containsExactly(Sources.partition("bob", 8));
        assertThat(IntStream.range(0, 8).filter(p -> selection.reads(Sources.EVENTS, p, 8)))
                .isEmpty();
        assertThat(new Selection(Set.of(), Set.of(), Set.of(3)).reads(Sources.EVENTS, 3, 8))
                .isTrue();
        assertThat(new Selection(Set.of(), Set.of(), Set.of(3)).reads(Sources.EVENTS, 4, 8))
                .isFalse();
    }

    @Test
    void shouldKnowWhoEachTableBelongsTo() {
        assertThat(TableShape.all().values()).allSatisfy(table -> assertThat(table.partitionKey())
                .as(table.name())
                .contains(Sources.topic(table).equals(Sources.ENTRIES) ? "user" : "conversation"));
    }
}
