package io.millrace.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Test
    void shouldDoubleUpToTheLongest() {
        // Given
        var least = new Backoff(FIRST, LONGEST, () -> 0);

        // Then
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(least::after))
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
    }

    @Test
    void shouldSpreadOverTheUpperHalf() {
        assertThat(new Backoff(FIRST, LONGEST, () -> 0.5).after(1)).isEqualTo(Duration.ofMillis(750));
        assertThat(new Backoff(FIRST, LONGEST, () -> 0.999).after(2))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void shouldStayAtTheLongestHoweverOftenItFails() {
        assertThat(new Backoff(FIRST, LONGEST, () -> 0).after(Integer.MAX_VALUE))
                .isEqualTo(Duration.ofSeconds(5));
    }
}
