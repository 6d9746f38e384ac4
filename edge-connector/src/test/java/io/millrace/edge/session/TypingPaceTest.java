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
}
