package io.millrace.client.timeline;

import static io.millrace.client.timeline.Entries.entry;
import static io.millrace.client.timeline.Entries.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.timeline.PullAnswer.Page;
import io.millrace.client.timeline.TimelineStore.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private final List<Long> seen = new ArrayList<>();
    private final MemoryTimelineStore store = new MemoryTimelineStore(new Cursor("e1", 10));
    private final Timeline timeline = new Timeline(store, entry -> seen.add(entry.position()), 100);

    @Test
    void shouldPassEntriesOnWhenTheyComeInOrder() {
        // Given
        timeline.onSession("e1", 10);

        // When
        timeline.onPushed(range(11, 13));

        // Then
        assertThat(seen).containsExactly(11L, 12L, 13L);
        assertThat(timeline.behind()).isFalse();
        assertThat(timeline.taken()).isEqualTo(13);
        assertThat(store.load()).isEqualTo(new Cursor("e1", 13));
    }

    @Test
    void shouldHoldWhatComesEarlyUntilTheGapIsPulled() {
        // Given
        timeline.onSession("e1", 12);
        timeline.onPushed(range(13, 14));
        assertThat(seen).isEmpty();
        assertThat(timeline.behind()).isTrue();

        // When
        timeline.onPage(new Page("e1", 14, range(11, 12), 12, 0));

        // Then
        assertThat(seen).containsExactly(11L, 12L, 13L, 14L);
        assertThat(timeline.behind()).isFalse();
    }

    @Test
    void shouldAcknowledgePushesThatWaitForAPull() {
        // Given
        timeline.onSession("e1", 50_000);

        // When
        timeline.onPushed(range(50_001, 50_020));

        // Then
        assertThat(timeline.taken()).isEqualTo(50_020);
        assertThat(timeline.position()).isEqualTo(10);
    }

    @Test
    void shouldNotAcknowledgeBeyondAMissingPush() {
        // Given
        timeline.onSession("e1", 10);

        // When
        timeline.onPushed(List.of(entry(11), entry(13)));

        // Then
        assertThat(timeline.taken()).isEqualTo(11);
        timeline.onPushed(List.of(entry(12)));
        assertThat(timeline.taken()).isEqualTo(13);
    }

    @Test
    void shouldNotAcknowledgeWhatWasPulledButNeverPushed() {
        // Given
        timeline.onSession("e1", 10);

        // When
        timeline.onPage(new Page("e1", 20, range(11, 20), 20, 0));

        // Then
        assertThat(timeline.taken()).isEqualTo(10);
        assertThat(timeline.position()).isEqualTo(20);
    }

    @Test
    void shouldIgnoreEverythingSeenBefore() {
        // Given
        timeline.onSession("e1", 10);
        timeline.onPushed(range(11, 12));

        // When
        timeline.onPushed(range(5, 12));
        timeline.onPage(new Page("e1", 12, range(8, 12), 12, 0));

        // Then
        assertThat(seen).containsExactly(11L, 12L);
    }

    @Test
    void shouldDropTheFarthestWhenMoreIsHeldThanItMay() {
        // Given
        timeline.onSession("e1", 11);

        // When
        timeline.onPushed(range(12, 400));
        timeline.onPage(new Page("e1", 400, range(11, 11), 11, 0));

        // Then
        assertThat(seen).hasSize(101).endsWith(111L);
        assertThat(timeline.behind()).isTrue();
        assertThat(timeline.taken()).isEqualTo(400);
    }

    @Test
    void shouldKeepPushesOfAnotherEpochOutUntilTheSnapshot() {
        // Given
        assertThat(timeline.onSession("e2", 10)).isFalse();

        // When
        timeline.onPushed(range(11, 12));

        // Then
        assertThat(seen).isEmpty();
        timeline.onSnapshot("e2", 9, 10);
        assertThat(timeline.behind()).isTrue();
        timeline.onPage(new Page("e2", 12, range(10, 12), 12, 0));
        assertThat(seen).containsExactly(10L, 11L, 12L);
        assertThat(store.load()).isEqualTo(new Cursor("e2", 12));
    }

    @Test
    void shouldTakeTheSessionsEpochWhenTheDeviceIsNew() {
        // Given
        var fresh = new Timeline(new MemoryTimelineStore(), entry -> seen.add(entry.position()), 100);

        // When
        boolean same = fresh.onSession("e7", 0);
        fresh.onPushed(range(1, 2));

        // Then
        assertThat(same).isTrue();
        assertThat(fresh.epoch()).isEqualTo("e7");
        assertThat(seen).containsExactly(1L, 2L);
    }
}
