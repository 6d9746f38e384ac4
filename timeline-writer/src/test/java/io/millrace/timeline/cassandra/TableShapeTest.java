package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TableShapeTest {
    @Test
    void shouldKnowKeysStaticsAndWhatLaterFilesAdd() {
        // When
        var list = table("conversations_by_user");
        var messages = table("messages_by_conversation");

        // Then
        assertThat(list.partitionKey()).containsExactly("user");
        assertThat(list.clustering()).containsExactly("conversation");
        assertThat(list.statics())
                .containsExactlyInAnyOrder("epoch", "head", "oldest", "head_stamp", "head_hash", "head_offset");
        assertThat(list.columns()).containsEntry("has_deleted", "boolean");
        assertThat(messages.partitionKey()).containsExactly("conversation", "bucket");
        assertThat(messages.columns())
                .containsEntry("mention_all", "boolean")
                .containsEntry("scheduled_version", "bigint")
                .containsEntry("mentions", "frozen<list<text>>")
                .containsEntry("reactions", "map<text, bigint>");
        assertThat(table("conversations").partitionKey()).containsExactly("conversation");
        assertThat(table("events_by_conversation").columns()).containsEntry("added", "frozen<map<text, text>>");
    }

    @Test
    void shouldTellTheCellsOfElementsApart() {
        // Given
        var key = ByteBuffer.wrap("bob 👍".getBytes(StandardCharsets.UTF_8));

        // When
        var cell = TableShape.element("reactions", key);

        // Then
        assertThat(TableShape.columnOf(cell)).isEqualTo("reactions");
        assertThat(TableShape.keyOf(cell)).isEqualTo(key);
        assertThat(table("messages_by_conversation")
                        .decode(cell, ByteBuffer.allocate(8).putLong(0, -7)))
                .isEqualTo(-7L);
    }

    private static TableShape table(String name) {
        return Objects.requireNonNull(TableShape.all().get(name));
    }
}
