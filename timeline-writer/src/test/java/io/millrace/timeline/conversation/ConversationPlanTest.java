package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Hash128;
import io.millrace.timeline.log.LogBook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationPlanTest {
    private static final String GROUP = "g:club";

    private final LogBook book = new LogBook();

    @Test
    void shouldRaiseHeadToLastEventWhenLogIsContiguous() {
        // Given
        var first = book.members(GROUP, "alice", List.of("alice", "bob"), List.of());
        var second = book.message(GROUP, "alice", "hi");

        // When
        var plan = ConversationPlan.of(GROUP, ConversationHead.NONE, logged(0, first, second));

        // Then
        assertThat(plan.head()).isEqualTo(new ConversationHead(2, 1, second.getStamp(), second.getHash(), 1));
        assertThat(plan.unreadable()).isZero();
        assertThat(plan.brokenLinks()).isZero();
    }

    @Test
    void shouldKeepHeadWhenRecordsAreReplayed() {
        // Given
        var first = book.message(GROUP, "alice", "one");
        var second = book.message(GROUP, "alice", "two");
        var head = ConversationPlan.of(GROUP, ConversationHead.NONE, logged(0, first, second))
                .head();

        // When
        var replay = ConversationPlan.of(GROUP, head, logged(0, first));

        // Then
        assertThat(replay.head()).isEqualTo(head);
        assertThat(replay.rows()).isNotEmpty();
        assertThat(replay.unreadable()).isZero();
    }

    @Test
    void shouldTakeNextVersionWhenRecordCannotBeDecoded() {
        // Given
        var first = book.message(GROUP, "alice", "one");
        var lost = book.message(GROUP, "alice", "lost");
        var third = book.message(GROUP, "alice", "three");
        var records = List.of(new LoggedEvent(0, 5, first), new LoggedEvent(1, 6, null), new LoggedEvent(2, 7, third));

        // When
        var plan = ConversationPlan.of(GROUP, ConversationHead.NONE, records);

        // Then
        assertThat(plan.head().version()).isEqualTo(3);
        assertThat(plan.unreadable()).isEqualTo(1);
        assertThat(versions(plan)).containsExactly(1L, 2L, 3L);
        assertThat(unreadable(plan)).singleElement().satisfies(row -> {
            assertThat(row.version()).isEqualTo(2);
            assertThat(row.stamp()).isGreaterThan(first.getStamp()).isLessThan(lost.getStamp());
        });
    }

    @Test
    void shouldNotTakeAnotherVersionWhenUnreadableRecordIsReplayed() {
        // Given
        var first = book.message(GROUP, "alice", "one");
        var records = List.of(new LoggedEvent(0, 5, first), new LoggedEvent(1, 6, null));
        var head = ConversationPlan.of(GROUP, ConversationHead.NONE, records).head();

        // When
        var replay = ConversationPlan.of(GROUP, head, records);

        // Then
        assertThat(replay.head()).isEqualTo(head);
        assertThat(replay.unreadable()).isZero();
    }

    @Test
    void shouldFillHoleWhenLogLacksVersions() {
        // Given
        var first = book.message(GROUP, "alice", "one");
        book.message(GROUP, "alice", "lost");
        book.message(GROUP, "alice", "lost too");
        var fourth = book.message(GROUP, "alice", "four");

        // When
        var plan = ConversationPlan.of(GROUP, ConversationHead.NONE, logged(0, first, fourth));

        // Then
        assertThat(versions(plan)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(plan.unreadable()).isEqualTo(2);
        assertThat(plan.head().seq()).isEqualTo(4);
    }

    @Test
    void shouldRefuseWhenHoleIsNoAccident() {
        // Given
        var first = book.message(GROUP, "alice", "one");
        var far = ConversationEvent.newBuilder(book.message(GROUP, "alice", "far"))
                .setVersion(ConversationPlan.MAX_HOLE + 2)
                .build();

        // When / Then
        assertThatThrownBy(() -> ConversationPlan.of(GROUP, ConversationHead.NONE, logged(0, first, far)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(GROUP)
                .hasMessageContaining("runbook");
    }

    @Test
    void shouldCountBrokenLinkWhenHashDoesNotFollow() {
        // Given
        var first = book.message(GROUP, "alice", "one");
        var forged = ConversationEvent.newBuilder(book.message(GROUP, "alice", "two"))
                .setHash(new Hash128(new byte[16]))
                .build();

        // When
        var plan = ConversationPlan.of(GROUP, ConversationHead.NONE, logged(0, first, forged));

        // Then
        assertThat(plan.brokenLinks()).isEqualTo(1);
    }

    @Test
    void shouldStoreEveryChangeOfMembershipWithItsVersion() {
        // Given
        var first = book.members(GROUP, "alice", List.of("alice", "bob"), List.of());
        var message = book.message(GROUP, "alice", "hi");
        var removal = book.members(GROUP, "alice", List.of(), List.of("bob"));

        // When
        var plan = ConversationPlan.of(GROUP, ConversationHead.NONE, logged(0, first, message, removal));

        // Then
        assertThat(plan.rows())
                .filteredOn(ConversationRow.Member.class::isInstance)
                .extracting(
                        row -> ((ConversationRow.Member) row).user() + " " + ((ConversationRow.Member) row).version()
                                + " " + ((ConversationRow.Member) row).joined() + " "
                                + ((ConversationRow.Member) row).lastSeq())
                .containsExactly("alice 1 true 0", "bob 1 true 0", "bob 3 false 1");
    }

    private static List<LoggedEvent> logged(long offset, ConversationEvent... events) {
        var logged = new ArrayList<LoggedEvent>();
        for (var e : Arrays.asList(events)) {
            logged.add(new LoggedEvent(offset + logged.size(), e.getAt().toEpochMilli(), e));
        }
        return logged;
    }

    private static List<Long> versions(ConversationPlan plan) {
        return plan.rows().stream()
                .filter(ConversationRow.Event.class::isInstance)
                .map(row -> ((ConversationRow.Event) row).version())
                .toList();
    }

    private static List<ConversationRow.Event> unreadable(ConversationPlan plan) {
        return plan.rows().stream()
                .filter(ConversationRow.Event.class::isInstance)
                .map(ConversationRow.Event.class::cast)
                .filter(row -> row.kind() == RowKind.UNREADABLE)
                .toList();
    }
}
