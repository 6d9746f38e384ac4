package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.body.KeyRing;
import io.millrace.timeline.log.LogBook;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class AsOfTest {
    private static final String DIRECT = "d:alice:bob";

    private final LogBook book = new LogBook();

    @Test
    void shouldShowRowsInOrderAndBodiesOnRequestOnly() throws Exception {
        // Given
        var log = new TablesOfLog(Clock.systemUTC());
        var one = book.message(DIRECT, "alice", "a secret");
        log.events(one, book.message(DIRECT, "bob", "two"), book.react(DIRECT, "bob", 1, "+1", false));

        // When
        var hashed = new AsOf(false, new KeyRing()).of(log.tables);
        var shown = new AsOf(true, new KeyRing()).of(log.tables);

        // Then
        var messages = hashed.path("messages_by_conversation");
        assertThat(messages).hasSize(2);
        assertThat(messages.path(0).path("seq").asLong()).isEqualTo(1);
        assertThat(messages.path(1).path("seq").asLong()).isEqualTo(2);
        assertThat(messages.path(0).path("reactions[bob +1]").asLong()).isEqualTo(3);
        assertThat(hashed.toString()).doesNotContain("secret");
        assertThat(shown.path("messages_by_conversation").path(0).path("body").asText())
                .contains("a secret");
        assertThat(shown.path("conversations").path(0).path("applied_version").asLong())
                .isEqualTo(3);
    }
}
