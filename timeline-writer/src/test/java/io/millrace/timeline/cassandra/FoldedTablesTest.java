package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.ConversationPlan;
import io.millrace.timeline.conversation.LoggedEvent;
import io.millrace.timeline.log.LogBook;
import io.millrace.timeline.timeline.LoggedEntry;
import io.millrace.timeline.timeline.TimelineHead;
import io.millrace.timeline.timeline.TimelinePlan;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldedTablesTest {
    private static final String DIRECT = "d:alice:bob";

    private final LogBook book = new LogBook();
    private final FoldedTables tables = OfflinePreparing.tables();
    private final LogWrites writes =
            OfflinePreparing.into(tables, Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC));

    @Test
    void shouldKeepAMessageAsItStandsNow() throws Exception {
        // Given
        var events = List.of(
                new LoggedEvent(0, 1, book.message(DIRECT, "alice", "one")),
                new LoggedEvent(1, 1, book.message(DIRECT, "bob", "two")),
                new LoggedEvent(2, 1, book.edit(DIRECT, "alice", 1, "uno")),
                new LoggedEvent(3, 1, book.recall(DIRECT, "bob", 2)),
                new LoggedEvent(4, 1, book.react(DIRECT, "bob", 1, "+1", false)),
                new LoggedEvent(5, 1, book.react(DIRECT, "bob", 1, "+1", true)));

        // When
        writes.conversations().apply(List.of(ConversationPlan.of(DIRECT, ConversationHead.NONE, events)));

        // Then
        assertThat(values("messages_by_conversation", 1L))
                .containsEntry("seq of row", 1L)
                .containsEntry("edited_version", 3L)
                .containsEntry("reactions[bob +1]", -6L)
                .containsEntry("body", hex(LogBook.body("uno")));
        assertThat(values("messages_by_conversation", 2L))
                .containsEntry("recalled_by", "bob")
                .containsEntry("body", "");
        assertThat(tables.partitions())
                .extracting(PartitionName::toString)
                .containsExactlyInAnyOrder(
                        "messages_by_conversation conversation=d:alice:bob bucket=0",
                        "events_by_conversation conversation=d:alice:bob bucket=0",
                        "conversations conversation=d:alice:bob");
    }

    @Test
    void shouldComeToTheSameInAnyOrder() throws Exception {
        // Given
        var events = List.of(
                new LoggedEvent(0, 1, book.message(DIRECT, "alice", "one")),
                new LoggedEvent(1, 1, book.edit(DIRECT, "alice", 1, "uno")),
                new LoggedEvent(2, 1, book.edit(DIRECT, "alice", 1, "ichi")));
        var plan = ConversationPlan.of(DIRECT, ConversationHead.NONE, events);
        writes.conversations().apply(List.of(plan));
        var inOrder = values("messages_by_conversation", 1L);
        var reversed = OfflinePreparing.tables();
        Collections.reverse(plan.rows());

        // When
        OfflinePreparing.into(reversed, Clock.systemUTC()).conversations().apply(List.of(plan));

        // Then
        assertThat(values(reversed, "messages_by_conversation", 1L)).isEqualTo(inOrder);
    }

    @Test
    void shouldKeepTheHeadOfATimelineBesideTheRows() throws Exception {
        // Given
        var message = book.message(DIRECT, "alice", "one");
        var entries = List.of(
                new LoggedEntry(7, 1, book.entry("bob", message, 0)),
                new LoggedEntry(8, 1, book.read("bob", message, 1)));

        // When
        writes.timelines().apply(List.of(TimelinePlan.of("bob", TimelineHead.NONE, LogBook.EPOCH, entries)));

        // Then
        var list = partition(tables, "conversations_by_user");
        assertThat(tables.rows(list)).hasSize(2);
        assertThat(decoded(list, List.of(), tables.rows(list).get(List.<ByteBuffer>of())))
                .containsEntry("head", 2L)
                .containsEntry("head_offset", 8L)
                .doesNotContainKey("last_seq");
        assertThat(tables.rows(partition(tables, "timelines_by_user"))).hasSize(2);
    }

    @Test
    void shouldBeTheSameHoweverTheLogWasCutIntoBatches() throws Exception {
        // Given
        var events = new ArrayList<LoggedEvent>();
        var entries = new ArrayList<LoggedEntry>();
        for (int i = 1; i <= 12; i++) {
            var message = book.message(DIRECT, i % 2 == 0 ? "alice" : "bob", "message " + i);
            events.add(new LoggedEvent(events.size(), i, message));
            entries.add(
                    new LoggedEntry(entries.size(), i, LogBook.counted(book.entry("bob", message, i / 2), i, 0, i)));
            if (i % 3 == 0) {
                entries.add(new LoggedEntry(entries.size(), i, LogBook.counted(book.read("bob", message, i), 0, 0, 0)));
                entries.add(new LoggedEntry(
                        entries.size(), i, book.settings("bob", message, null, i == 6 ? Long.valueOf(6) : null)));
                events.add(new LoggedEvent(events.size(), i, book.react(DIRECT, "bob", i, "+1", false)));
            }
            if (i == 7) {
                events.add(new LoggedEvent(events.size(), i, null));
                entries.add(new LoggedEntry(entries.size(), i, null));
            }
        }
        var atOnce = OfflinePreparing.tables();
        apply(atOnce, events, entries, Integer.MAX_VALUE);

        for (int size = 1; size <= 5; size++) {
            // When
            var cut = OfflinePreparing.tables();
            apply(cut, events, entries, size);

            // Then
            assertThat(cut.partitions()).isEqualTo(atOnce.partitions());
            for (var partition : atOnce.partitions()) {
                assertThat(cut.rows(partition)).hasSameSizeAs(atOnce.rows(partition));
                atOnce.rows(partition).forEach((row, cells) -> assertThat(
                                cells.hasValuesOf(cut.rows(partition).get(row)))
                        .as("%s in batches", partition)
                        .isTrue());
            }
        }
    }

    private static void apply(FoldedTables tables, List<LoggedEvent> events, List<LoggedEntry> entries, int size)
            throws Exception {
        var target = OfflinePreparing.into(tables, Clock.systemUTC());
        var head = ConversationHead.NONE;
        for (int from = 0; from < events.size(); from += Math.min(size, events.size())) {
            var batch = events.subList(from, from + Math.min(size, events.size() - from));
            var plan = ConversationPlan.of(DIRECT, head, batch);
            target.conversations().apply(List.of(plan));
            head = plan.head();
        }
        var position = TimelineHead.NONE;
        for (int from = 0; from < entries.size(); from += Math.min(size, entries.size())) {
            var batch = entries.subList(from, from + Math.min(size, entries.size() - from));
            var plan = TimelinePlan.of("bob", position, LogBook.EPOCH, batch);
            target.timelines().apply(List.of(plan));
            position = plan.head();
        }
    }

    private Map<String, Object> values(String table, long row) {
        return values(tables, table, row);
    }

    private static Map<String, Object> values(FoldedTables tables, String table, long row) {
        var partition = partition(tables, table);
        var key = List.of(ByteBuffer.allocate(8).putLong(0, row));
        return decoded(partition, key, tables.rows(partition).get(key));
    }

    private static Map<String, Object> decoded(PartitionName partition, List<ByteBuffer> key, RowCells cells) {
        var decoded = new java.util.TreeMap<String, Object>();
        if (!key.isEmpty()) {
            decoded.put("seq of row", partition.table().decode("seq", key.get(0)));
        }
        cells.names().forEach(name -> decoded.put(name, partition.table().decode(name, cells.value(name))));
        return decoded;
    }

    private static PartitionName partition(FoldedTables tables, String table) {
        var found = new ArrayList<>(tables.partitions());
        found.removeIf(name -> !name.table().name().equals(table));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String hex(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return java.util.HexFormat.of().formatHex(copy);
    }
}
