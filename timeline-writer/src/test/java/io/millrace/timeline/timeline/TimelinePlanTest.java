package io.millrace.timeline.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.log.LogBook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelinePlanTest {
    private static final String DIRECT = "d:alice:bob";

    private final LogBook book = new LogBook();

    @Test
    void shouldRaiseHeadToLastEntry() {
        // Given
        var one = book.entry("bob", book.message(DIRECT, "alice", "one"), 0);
        var two = book.entry("bob", book.message(DIRECT, "alice", "two"), 0);

        // When
        var plan = plan(TimelineHead.NONE, one, two);

        // Then
        assertThat(plan.head().position()).isEqualTo(2);
        assertThat(plan.head().oldest()).isEqualTo(1);
        assertThat(plan.head().epoch()).isEqualTo(LogBook.EPOCH);
        assertThat(plan.brokenLinks()).isZero();
        assertThat(plan.rows()).extracting(TimelineRow::position).containsExactly(1L, 2L);
    }

    @Test
    void shouldKeepOnlyLastStateOfEachConversation() {
        // Given
        var first = book.message(DIRECT, "alice", "one");
        var second = book.message(DIRECT, "alice", "two");
        var entries = new TimelineEntry[] {
            book.entry("bob", first, 0), book.entry("bob", second, 0), book.read("bob", second, 1)
        };

        // When
        var plan = plan(TimelineHead.NONE, entries);

        // Then
        assertThat(plan.conversations()).singleElement().satisfies(state -> {
            assertThat(state.lastSeq()).isEqualTo(2);
            assertThat(state.lastVersion()).isEqualTo(2);
            assertThat(state.readSeq()).isEqualTo(1);
            assertThat(state.unread()).isEqualTo(1);
            assertThat(state.updatedAtMs()).isEqualTo(second.getAt().toEpochMilli());
            assertThat(state.position()).isEqualTo(3);
            assertThat(state.stamp()).isEqualTo(entries[2].getStamp());
        });
    }

    @Test
    void shouldLeaveVersionAndTimeUntouchedWhenOnlyARead() {
        // Given
        var message = book.message(DIRECT, "alice", "one");
        var head = plan(TimelineHead.NONE, book.entry("bob", message, 0)).head();

        // When
        var plan = plan(head, book.read("bob", message, 1));

        // Then
        assertThat(plan.conversations()).singleElement().satisfies(state -> {
            assertThat(state.lastVersion()).isNull();
            assertThat(state.updatedAtMs()).isNull();
            assertThat(state.unread()).isZero();
        });
    }

    @Test
    void shouldTakePositionWhenEntryCannotBeDecoded() {
        // Given
        var one = book.entry("bob", book.message(DIRECT, "alice", "one"), 0);
        book.entry("bob", book.message(DIRECT, "alice", "lost"), 0);
        var three = book.entry("bob", book.message(DIRECT, "alice", "three"), 0);
        var records = List.of(new LoggedEntry(0, 1, one), new LoggedEntry(1, 2, null), new LoggedEntry(2, 3, three));

        // When
        var plan = TimelinePlan.of("bob", TimelineHead.NONE, LogBook.EPOCH, records);
        var replay = TimelinePlan.of("bob", plan.head(), LogBook.EPOCH, records);

        // Then
        assertThat(plan.rows()).extracting(TimelineRow::position).containsExactly(1L, 2L, 3L);
        assertThat(plan.rows().get(1).kind()).isEqualTo(RowKind.UNREADABLE);
        assertThat(plan.unreadable()).isEqualTo(1);
        assertThat(replay.unreadable()).as("a replay takes no further position").isZero();
        assertThat(replay.head()).isEqualTo(plan.head());
    }

    @Test
    void shouldFillHoleWhenLogLacksPositions() {
        // Given
        var one = book.entry("bob", book.message(DIRECT, "alice", "one"), 0);
        book.entry("bob", book.message(DIRECT, "alice", "lost"), 0);
        var three = book.entry("bob", book.message(DIRECT, "alice", "three"), 0);

        // When
        var plan = plan(TimelineHead.NONE, one, three);

        // Then
        assertThat(plan.rows()).extracting(TimelineRow::position).containsExactly(1L, 2L, 3L);
        assertThat(plan.head().position()).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhenHoleIsNoAccident() {
        // Given
        var one = book.entry("bob", book.message(DIRECT, "alice", "one"), 0);
        var far = TimelineEntry.newBuilder(book.entry("bob", book.message(DIRECT, "alice", "far"), 0))
                .setPosition(TimelinePlan.MAX_HOLE + 2)
                .build();

        // When / Then
        assertThatThrownBy(() -> plan(TimelineHead.NONE, one, far)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeginAnewWhenNumberingChanges() {
        // Given
        var head = plan(TimelineHead.NONE, book.entry("bob", book.message(DIRECT, "alice", "one"), 0))
                .head();
        var next = book.inEpoch("e-2", book.entry("bob", book.message(DIRECT, "alice", "two"), 0));

        // When
        var plan = plan(head, next);

        // Then
        assertThat(plan.head().epoch()).isEqualTo("e-2");
        assertThat(plan.head().oldest()).isEqualTo(2);
        assertThat(plan.unreadable()).isZero();
    }

    @Test
    void shouldResetEveryCursorWhenNumberingChangedSinceLastEntry() {
        // Given
        var head = new TimelineHead("e-1", 57, 1, 9, null, 3);

        // When
        var seen = head.in("e-2");

        // Then
        assertThat(seen.position()).isEqualTo(57);
        assertThat(seen.oldest()).isEqualTo(58);
        assertThat(head.in("e-1")).isSameAs(head);
    }

    @Test
    void shouldMarkMembershipAsEndedWhenUserIsRemoved() {
        // Given
        var removal = book.members("g:club", "alice", List.of(), List.of("bob"));

        // When
        var plan = plan(TimelineHead.NONE, book.entry("bob", removal, 0));

        // Then
        assertThat(plan.conversations()).singleElement().satisfies(state -> assertThat(state.member())
                .isFalse());
    }

    private static TimelinePlan plan(TimelineHead head, TimelineEntry... entries) {
        var records = new ArrayList<LoggedEntry>();
        for (var e : entries) {
            records.add(new LoggedEntry(
                    head.offset() + 1 + records.size(), e.getAt().toEpochMilli(), e));
        }
        return TimelinePlan.of("bob", head, LogBook.EPOCH, records);
    }
}
