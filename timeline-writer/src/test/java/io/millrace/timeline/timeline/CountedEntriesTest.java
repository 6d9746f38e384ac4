package io.millrace.timeline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.Settings;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.log.LogBook;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What entries say of unread counts, settings and deletions. */
class CountedEntriesTest {
    private static final String DIRECT = "d:alice:bob";
    private static final String DRAFT = "{\"kind\":\"text\",\"text\":\"Well,\"}";

    private final LogBook book = new LogBook();

    @Test
    void shouldKeepCountsOfEveryEntryAndTheLastOfAConversation() {
        // Given
        var one = LogBook.counted(book.entry("bob", book.message(DIRECT, "alice", "one"), 0), 1, 0, 4);
        var two = TimelineEntry.newBuilder(
                        LogBook.counted(book.entry("bob", book.message(DIRECT, "alice", "two"), 0), 2, 1, 5))
                .setRequest(true)
                .build();

        // When
        var plan = plan(one, two);

        // Then
        assertThat(plan.rows())
                .extracting(TimelineRow::counts)
                .containsExactly(new Counts(1, 0, 4, false), new Counts(2, 1, 5, true));
        assertThat(plan.conversations()).singleElement().satisfies(state -> {
            assertThat(state.unread()).isEqualTo(2);
            assertThat(state.unreadMentions()).isEqualTo(1);
            assertThat(state.request()).isTrue();
        });
    }

    @Test
    void shouldCountByCursorsWhenEntryIsFromBeforeCounting() {
        // When
        var plan = plan(book.entry("bob", book.message(DIRECT, "alice", "one"), 0));

        // Then
        assertThat(plan.rows()).singleElement().satisfies(row -> assertThat(row.counts())
                .isNull());
        assertThat(plan.conversations()).singleElement().satisfies(state -> assertThat(state.unread())
                .isEqualTo(1));
    }

    @Test
    void shouldTakeTheCountOfZeroForACount() {
        // When
        var plan = plan(LogBook.counted(book.entry("bob", book.message(DIRECT, "alice", "one"), 0), 0, 0, 0));

        // Then
        assertThat(plan.conversations()).singleElement().satisfies(state -> assertThat(state.unread())
                .as("muted, blocked or deleted: not what the cursors say")
                .isZero());
    }

    @Test
    void shouldKeepSettingsWithoutMovingTheConversation() {
        // Given
        var message = book.message(DIRECT, "alice", "one");
        var draft = ByteBuffer.wrap(DRAFT.getBytes(StandardCharsets.UTF_8));

        // When
        var plan = plan(
                book.settings("bob", message, new Settings(true, true, false, 1L, draft, true, "Al", false), null));

        // Then
        assertThat(plan.rows()).singleElement().satisfies(row -> {
            assertThat(row.kind()).isEqualTo(RowKind.SETTINGS);
            assertThat(row.settings()).isEqualTo(new KeptSettings(true, true, false, 1, DRAFT, true, "Al", false));
            assertThat(row.version()).isNull();
        });
        assertThat(plan.conversations()).singleElement().satisfies(state -> {
            assertThat(state.settings().muted()).isTrue();
            assertThat(state.updatedAtMs()).as("keeps its place in the list").isNull();
            assertThat(state.hasDeleted()).isNull();
        });
        assertThat(plan.exceptions()).isEmpty();
    }

    @Test
    void shouldReturnToTheFirstSettingsWhenAnEntryHasNone() {
        // Given
        var message = book.message(DIRECT, "alice", "one");
        var pinned = new Settings(false, true, false, 0L, ByteBuffer.allocate(0), false, "", false);

        // When
        var plan = plan(book.settings("bob", message, pinned, null), book.settings("bob", message, null, null));

        // Then
        assertThat(plan.conversations()).singleElement().satisfies(state -> assertThat(state.settings())
                .isEqualTo(KeptSettings.FIRST));
        assertThat(plan.rows().get(1).settings())
                .as("tells that nothing is set, other than an entry of another kind")
                .isEqualTo(KeptSettings.FIRST);
    }

    @Test
    void shouldRememberDeletionAfterLaterEntries() {
        // Given
        var first = book.message(DIRECT, "alice", "one");
        var deletion = book.settings("bob", first, null, 1L);
        var later = book.entry("bob", book.message(DIRECT, "alice", "two"), 0);

        // When
        var plan = plan(deletion, later);

        // Then
        assertThat(plan.exceptions())
                .containsExactly(new SeqException("bob", DIRECT, 1, deletion.getStamp(), true, false));
        assertThat(plan.conversations()).singleElement().satisfies(state -> assertThat(state.hasDeleted())
                .isTrue());
    }

    @Test
    void shouldMarkMessageOfBlockedAuthorAsHiddenAndNotAsDeleted() {
        // Given
        var hidden = TimelineEntry.newBuilder(book.entry("bob", book.message("g:club", "alice", "one"), 0))
                .setHidden(true)
                .build();

        // When
        var plan = plan(hidden);

        // Then
        assertThat(plan.exceptions())
                .containsExactly(new SeqException("bob", "g:club", 1, hidden.getStamp(), false, true));
        assertThat(plan.rows()).singleElement().satisfies(row -> assertThat(row.hidden())
                .isTrue());
        assertThat(plan.conversations()).singleElement().satisfies(state -> assertThat(state.hasDeleted())
                .isNull());
    }

    private static TimelinePlan plan(TimelineEntry... entries) {
        var records = new ArrayList<LoggedEntry>();
        for (var e : entries) {
            records.add(new LoggedEntry(records.size(), e.getAt().toEpochMilli(), e));
        }
        return TimelinePlan.of("bob", TimelineHead.NONE, LogBook.EPOCH, records);
    }
}
