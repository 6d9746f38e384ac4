package io.millrace.client.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new SplittableRandom(7));

    @Test
    void shouldDoubleUpToTheLimitWhenFailuresGoOn() {
        // When / Then
        long ceiling = 500;
        for (int failure = 0; failure < 100; failure++) {
            assertThat(backoff.nextMs()).as("failure %d", failure).isBetween(ceiling / 2, ceiling);
            ceiling = Math.min(30_000, ceiling * 2);
        }
    }

    @Test
    void shouldBeginAnewWhenItWentWell() {
        // Given
        for (int failure = 0; failure < 10; failure++) {
            backoff.nextMs();
        }

        // When
        backoff.reset();

        // Then
        assertThat(backoff.nextMs()).isBetween(250L, 500L);
    }

    @Test
    void shouldStayInRangeWhenAskedForOne() {
        for (int draw = 0; draw < 1000; draw++) {
            assertThat(backoff.betweenMs(30_000, 60_000)).isBetween(30_000L, 60_000L);
        }
    }
}
