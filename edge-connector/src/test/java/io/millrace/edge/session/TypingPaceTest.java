package io.millrace.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TypingPaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TypingPace pace = new TypingPace();

    @Test
    void shouldLetOneThroughPerConversationAndThreeSeconds() {
        assertThat(pace.take("d:alice:bob", 0)).isTrue();
        assertThat(pace.take("d:alice:bob", 2 * SECOND)).isFalse();
        assertThat(pace.take("d:alice:carol", 2 * SECOND)).isTrue();
        assertThat(pace.take("d:alice:bob", 3 * SECOND)).isTrue();
    }

    @Test
    void shouldLetNoMoreThroughWhenOneGoesRoundManyConversations() {
        // When
        int through = 0;
        for (int i = 0; i < 3000; i++) {
            through += pace.take("g:" + i % 100, i * SECOND / 1000) ? 1 : 0;
        }

        // Then
        assertThat(through).isEqualTo(16);
        assertThat(pace.take("g:0", 3 * SECOND)).isTrue();
    }
}
