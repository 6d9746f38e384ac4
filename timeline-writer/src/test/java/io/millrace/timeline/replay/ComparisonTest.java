package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Receipt;
import io.millrace.timeline.log.LogBook;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String DIRECT = "d:alice:bob";
    private static final Instant BEFORE = Instant.ofEpochSecond(1_790_000_000);
    private static final Instant END = BEFORE.plusSeconds(60);

    private final LogBook book = new LogBook();
    private final ConversationEvent one = book.message(DIRECT, "alice", "a secret");
    private final ConversationEvent two = book.message(DIRECT, "bob", "two");

    @Test
    void shouldFindNothingWhereBothFollowFromTheSameLog() throws Exception {
        // When
        var differences = compare(
                "messages_by_conversation",
                at(BEFORE).events(one, two),
                at(BEFORE).events(one, two));

        // Then
        assertThat(differences).isEmpty();
    }

    @Test
    void shouldFindNothingWhereTheSameRecordsStandElsewhereInTheLog() throws Exception {
        // When
        var differences = compare(
                "conversations",
                at(BEFORE).eventsFrom(700, one, two),
                at(BEFORE).eventsFrom(3, one, two));

        // Then
        assertThat(differences).isEmpty();
    }

    @Test
    void shouldNameAChangedRowAndShowWhatWasWrittenAsHashesOnly() throws Exception {
        // Given
        var slip = ConversationEvent.newBuilder(one)
                .setBody(LogBook.body("changed"))
                .build();

        // When
        var differences = compare(
                "messages_by_conversation",
                at(BEFORE).events(one, two),
                at(BEFORE).events(slip, two));

        // Then
        assertThat(differences).singleElement().satisfies(found -> {
            assertThat(found.cells()).containsExactly("body");
            assertThat(found.lines())
                    .hasSize(3)
                    .first()
                    .isEqualTo("differs  messages_by_conversation conversation=d:alice:bob bucket=0 seq=1");
            assertThat(String.join("\n", found.lines()))
                    .contains("body=#")
                    .contains("bytes)")
                    .doesNotContain("secret")
                    .doesNotContain("changed");
        });
    }

    @Test
    void shouldNameARowThatIsMissingAndOneThatIsTooMuch() throws Exception {
        // When
        var missing = compare(
                "events_by_conversation",
                at(BEFORE).events(one, two),
                at(BEFORE).events(one));
        var more = compare(
                "events_by_conversation", at(BEFORE).events(one), at(BEFORE).events(one, two));

        // Then
        assertThat(missing).singleElement().satisfies(found -> {
            assertThat(found.name()).endsWith("version=2");
            assertThat(found.store()).isNull();
            assertThat(found.lines()).contains("  store  no row");
        });
        assertThat(more).singleElement().satisfies(found -> {
            assertThat(found.log()).isNull();
            assertThat(found.lines()).contains("  log    no row");
        });
    }

    @Test
    void shouldNameStaticColumnsAsARow() throws Exception {
        // Given
        var first = book.entry("bob", one, 0);
        var second = book.read("bob", one, 1);

        // When
        var differences = compare(
                "conversations_by_user",
                at(BEFORE).entries(first, second),
                at(BEFORE).entries(first));

        // Then
        assertThat(differences)
                .extracting(Difference::name)
                .containsExactlyInAnyOrder(
                        "conversations_by_user user=bob (static)",
                        "conversations_by_user user=bob conversation=d:alice:bob");
    }

    @Test
    void shouldTakeABodyThatHasEndedAsGoneHoweverItIsStored() throws Exception {
        // Given
        var ending = ConversationEvent.newBuilder(one).setExpiresAt(END).build();
        var written = at(BEFORE).events(ending);
        var empty = at(END.plusSeconds(10)).events(ending);

        // Then: after its end
        assertThat(compareAt(END.plusSeconds(10), written, empty)).isEmpty();
        assertThat(compareAt(END.plusSeconds(10), empty, written))
                .as("a body that outlives its end")
                .singleElement()
                .satisfies(found -> assertThat(found.cells()).containsExactly("body"));
        // before
        assertThat(compareAt(BEFORE, written, empty)).hasSize(1);
        // about that time
        assertThat(compareAt(END, written, empty)).isEmpty();
        assertThat(compareAt(END, written, written)).isEmpty();
    }

    @Test
    void shouldJudgeBothNumbersOfAReceiptButDeliveredWhereItsLastRecordDoesNotSayIt() throws Exception {
        // Given
        var first = new Receipt(DIRECT, "bob", 5L, 2L, 10L, BEFORE);
        var second = new Receipt(DIRECT, "bob", 5L, 3L, 20L, BEFORE);
        var forgotten = new Receipt(DIRECT, "bob", 0L, 3L, 20L, BEFORE);

        // Then
        assertThat(differing(at(BEFORE).receipts(second), at(BEFORE).receipts(first, second)))
                .isEmpty();
        assertThat(differing(at(BEFORE).receipts(second), at(BEFORE).receipts(first)))
                .containsExactly("read");
        assertThat(differing(at(BEFORE).receipts(second), at(BEFORE).receipts(forgotten)))
                .containsExactly("delivered");
        assertThat(differing(at(BEFORE).receipts(forgotten), at(BEFORE).receipts(first, forgotten)))
                .isEmpty();
    }

    private List<String> differing(TablesOfLog log, TablesOfLog store) {
        return compare("receipts_by_conversation", log, store).stream()
                .flatMap(found -> found.cells().stream())
                .toList();
    }

    @Test
    void shouldJudgeOnlyWhatFollowsFromALaterPartOfTheLog() throws Exception {
        // Given
        var edit = book.edit(DIRECT, "alice", 1, "edited");
        var all = at(BEFORE).events(one, two, edit);
        var edited = at(BEFORE).events(edit);
        var lost = at(BEFORE).events(one, two);

        // When
        var messages = all.only("messages_by_conversation");
        var comparison = new Comparison(Clock.fixed(BEFORE, ZoneOffset.UTC));

        // Then
        assertThat(comparison.of(messages, edited.tables.rows(messages), all.tables.rows(messages), false))
                .isEmpty();
        assertThat(comparison.of(messages, edited.tables.rows(messages), all.tables.rows(messages), true))
                .hasSize(2);
        assertThat(comparison.of(messages, edited.tables.rows(messages), lost.tables.rows(messages), false))
                .singleElement()
                .satisfies(found -> assertThat(found.cells()).contains("body", "edited_version"));
    }

    @Test
    void shouldTakeMapsForEqualHoweverTheyAreSorted() throws Exception {
        // Given
        var joined = book.members("g:trip", "alice", List.of("zoe", "adam"), List.of());
        var sorted = ConversationEvent.newBuilder(joined)
                .setAdded(List.of(joined.getAdded().get(1), joined.getAdded().get(0)))
                .build();
        var other = ConversationEvent.newBuilder(joined)
                .setAdded(List.of(joined.getAdded().get(1)))
                .build();

        // Then
        assertThat(compare(
                        "events_by_conversation",
                        at(BEFORE).events(joined),
                        at(BEFORE).events(sorted)))
                .isEmpty();
        assertThat(compare(
                        "events_by_conversation",
                        at(BEFORE).events(joined),
                        at(BEFORE).events(other)))
                .hasSize(1);
    }

    @Test
    void shouldTellWhetherADifferenceIsStillTheSame() throws Exception {
        // Given
        var first = compare(
                        "events_by_conversation",
                        at(BEFORE).events(one, two),
                        at(BEFORE).events(one))
                .get(0);
        var same = compare(
                        "events_by_conversation",
                        at(BEFORE).events(one, two),
                        at(BEFORE).events(one))
                .get(0);
        var slip = ConversationEvent.newBuilder(two).setFrom("carol").build();
        var moved = compare(
                        "events_by_conversation",
                        at(BEFORE).events(one, two),
                        at(BEFORE).events(one, slip))
                .get(0);

        // Then
        assertThat(same.isStill(first)).isTrue();
        assertThat(moved.rowName()).isEqualTo(first.rowName());
        assertThat(moved.isStill(first)).isFalse();
    }

    private static TablesOfLog at(Instant now) {
        return new TablesOfLog(Clock.fixed(now, ZoneOffset.UTC));
    }

    private static List<Difference> compareAt(Instant now, TablesOfLog log, TablesOfLog store) {
        return new Comparison(Clock.fixed(now, ZoneOffset.UTC))
                .of(
                        log.only("messages_by_conversation"),
                        log.rows("messages_by_conversation"),
                        store.rows("messages_by_conversation"),
                        true);
    }

    private static List<Difference> compare(String table, TablesOfLog log, TablesOfLog store) {
        return new Comparison(Clock.fixed(BEFORE, ZoneOffset.UTC))
                .of(log.only(table), Map.copyOf(log.rows(table)), store.rows(table), true);
    }
}
