package io.millrace.timeline.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Traits;
import io.millrace.timeline.conversation.Visibility;
import io.millrace.timeline.log.LogBook;
import io.millrace.timeline.timeline.TimelineRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimelinePageTest {
    private static final String DIRECT = "d:alice:bob";

    @Test
    void shouldStopAtHoleWhenARowIsMissing() {
        // Given
        var page = page(0, applied(100));

        // When
        page.fill(rows(1, 2, 4, 5), 5);

        // Then
        assertThat(page.next()).isEqualTo(2);
        assertThat(page.stopped()).isTrue();
    }

    @Test
    void shouldStopWhenLastRowsAreMissing() {
        // Given
        var page = page(0, applied(100));

        // When
        page.fill(rows(1, 2), 3);

        // Then
        assertThat(page.next()).isEqualTo(2);
        assertThat(page.stopped()).isTrue();
    }

    @Test
    void shouldStopBeforeEntryWhoseConversationIsNotApplied() {
        // Given
        var page = page(0, applied(2));

        // When
        page.fill(rows(1, 2, 3), 3);

        // Then
        assertThat(page.next()).isEqualTo(2);
        assertThat(page.stopped()).isTrue();
    }

    @Test
    void shouldStopBeforeMessageWhoseContentIsYoungerThanApplied() {
        // Given
        var slice = new Slice(
                Visibility.all(new ConversationHead(5, 5, 0, null, 0)),
                Map.of(1L, message(1, 0), 2L, message(2, 6)),
                Map.of());
        var page = new TimelinePage("bob", 0, rows -> Map.of(DIRECT, slice));

        // When
        page.fill(rows(1, 2), 2);

        // Then
        assertThat(page.next()).isEqualTo(1);
        assertThat(page.stopped()).isTrue();
    }

    @Test
    void shouldServeAllWhenNothingIsMissing() {
        // Given
        var page = page(7, applied(500));

        // When
        page.fill(rows(range(8, 307)), 307);

        // Then
        assertThat(page.next()).isEqualTo(307);
        assertThat(page.stopped()).isFalse();
    }

    @Test
    void shouldEndBeforeOneMebibyteWhenBodiesAreGreat() {
        // Given
        var great = new HashMap<Long, StoredMessage>();
        for (long seq = 1; seq <= 200; seq++) {
            great.put(seq, message(seq, 0, "x".repeat(12_000)));
        }
        var slice = new Slice(Visibility.all(new ConversationHead(500, 500, 0, null, 0)), great, Map.of());
        var page = new TimelinePage("bob", 0, rows -> Map.of(DIRECT, slice));

        // When
        page.fill(rows(range(1, 200)), 200);

        // Then
        int bytes =
                page.parts().parts().stream().mapToInt(part -> part.length + 1).sum();
        assertThat(bytes).isBetween(1_000_000, 1 << 20);
        assertThat(page.stopped()).as("nothing is missing, the page is full").isFalse();
        assertThat(page.next()).isBetween(80L, 90L);
    }

    @Test
    void shouldShowUnreadableWhenMessageOfAppliedVersionIsMissing() {
        // Given
        var slice = new Slice(Visibility.all(new ConversationHead(9, 9, 0, null, 0)), Map.of(), Map.of());
        var page = new TimelinePage("bob", 0, rows -> Map.of(DIRECT, slice));

        // When
        page.fill(rows(1), 1);

        // Then
        assertThat(text(page)).contains("\"kind\":\"unreadable\"").contains("\"position\":1");
    }

    @Test
    void shouldShowKeyAndDeviceToTheirOwnerOnly() {
        // Given
        var row = new TimelineRow(
                "alice",
                LogBook.EPOCH,
                1,
                0,
                RowKind.RECALLED,
                DIRECT,
                1L,
                1L,
                "alice",
                "phone",
                "c-1",
                0,
                0,
                null,
                null,
                null,
                false);
        var slice = new Slice(Visibility.all(new ConversationHead(9, 9, 0, null, 0)), Map.of(), Map.of());
        var own = new TimelinePage("alice", 0, rows -> Map.of(DIRECT, slice));
        var other = new TimelinePage("bob", 0, rows -> Map.of(DIRECT, slice));

        // When
        own.fill(List.of(row), 1);
        other.fill(List.of(row), 1);

        // Then
        assertThat(text(own)).contains("\"clientMessageId\":\"c-1\"").contains("\"device\":\"phone\"");
        assertThat(text(other)).doesNotContain("clientMessageId").doesNotContain("device");
    }

    private static TimelinePage page(long after, Map<String, Slice> slices) {
        return new TimelinePage("bob", after, rows -> slices);
    }

    private static Map<String, Slice> applied(long version) {
        var messages = new HashMap<Long, StoredMessage>();
        for (long seq = 1; seq <= version; seq++) {
            messages.put(seq, message(seq, 0));
        }
        return Map.of(
                DIRECT,
                new Slice(Visibility.all(new ConversationHead(version, version, 0, null, 0)), messages, Map.of()));
    }

    private static StoredMessage message(long seq, long edited) {
        return message(seq, edited, "hi");
    }

    private static StoredMessage message(long seq, long edited, String text) {
        return new StoredMessage(
                seq,
                seq,
                "m" + seq,
                "alice",
                "phone",
                "c",
                0,
                LogBook.body(text),
                null,
                null,
                List.of(),
                edited,
                0,
                0,
                0,
                null,
                Map.of(),
                false,
                Traits.NONE);
    }

    private static long[] range(int first, int last) {
        return LongStream.rangeClosed(first, last).toArray();
    }

    /** Messages of one conversation whose version and seq are the position. */
    private static List<TimelineRow> rows(long... positions) {
        var rows = new ArrayList<TimelineRow>();
        for (long p : positions) {
            rows.add(new TimelineRow(
                    "bob",
                    LogBook.EPOCH,
                    p,
                    0,
                    RowKind.MESSAGE,
                    DIRECT,
                    p,
                    p,
                    "alice",
                    null,
                    null,
                    0,
                    0,
                    null,
                    null,
                    null,
                    false));
        }
        return rows;
    }

    private static String text(TimelinePage page) {
        return new String(page.parts().parts().get(0), StandardCharsets.UTF_8);
    }
}
