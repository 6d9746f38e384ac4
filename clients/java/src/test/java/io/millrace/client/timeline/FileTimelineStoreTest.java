package io.millrace.client.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.timeline.TimelineStore.Cursor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTimelineStoreTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeginWithNothing() {
        assertThat(store().load()).isEqualTo(Cursor.NONE);
    }

    @Test
    void shouldRememberTheCursorOverARestart() {
        // Given
        store().save(new Cursor("e1", 41));

        // When
        Cursor cursor = store().load();

        // Then
        assertThat(cursor).isEqualTo(new Cursor("e1", 41));
    }

    @Test
    void shouldRaiseTheAttemptOverARestart() {
        // Given
        long first = store().nextAttempt();

        // When
        FileTimelineStore next = store();

        // Then
        assertThat(next.nextAttempt()).isGreaterThan(first);
        assertThat(next.nextAttempt()).isGreaterThan(first + 1);
    }

    private FileTimelineStore store() {
        return new FileTimelineStore(directory.resolve("alice").resolve("timeline.json"));
    }
}
