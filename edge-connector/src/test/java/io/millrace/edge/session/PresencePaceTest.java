package io.millrace.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresencePaceTest {
    private final PresencePace pace = new PresencePace();

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000L, -5_000_000_000L})
    void shouldTakeThirtyInTenSecondsWhereverTheClockBegan(long began) {
        // When
        for (int i = 0; i < 30; i++) {
            assertThat(pace.take(began + millis(i))).isZero();
        }

        // Then
        assertThat(pace.take(began + millis(30))).isEqualTo(9970);
        assertThat(pace.take(began + millis(9999))).isEqualTo(1);
        assertThat(pace.take(began + millis(10_000))).isZero();
        assertThat(pace.take(began + millis(10_000))).isEqualTo(1);
    }

    @Test
    void shouldNeverTakeMoreInAnyTenSecondsHoweverTheyAreSpread() {
        // When: one is asked every 100 ms for a minute
        int taken = 0;
        for (int i = 0; i < 600; i++) {
            taken += pace.take(millis(100 * i)) == 0 ? 1 : 0;
        }

        // Then
        assertThat(taken).isEqualTo(6 * 30);
    }

    @Test
    void shouldCountNothingThatWasRefused() {
        // Given
        for (int i = 0; i < 100; i++) {
            pace.take(0);
        }

        // Then
        for (int i = 0; i < 30; i++) {
            assertThat(pace.take(millis(10_000))).isZero();
        }
    }

    private static long millis(long count) {
        return Duration.ofMillis(count).toNanos();
    }
}
