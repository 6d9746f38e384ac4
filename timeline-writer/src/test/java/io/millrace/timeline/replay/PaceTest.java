package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void shouldLetRecordsPassAtTheRateOverAllThreads() {
        // Given
        var pace = new Pace(100);
        long now = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);

        // When
        long first = pace.reserve(50, now);
        long second = pace.reserve(100, now);
        long third = pace.reserve(1, now);

        // Then
        assertThat(first).isZero();
        assertThat(second).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(third).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1500));
    }

    @Test
    void shouldNotSaveUpWhatWasNotUsed() {
        // Given
        var pace = new Pace(10);
        long now = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        pace.reserve(10, now);

        // When
        long muchLater = now + TimeUnit.MINUTES.toNanos(5);

        // Then
        assertThat(pace.reserve(10, muchLater)).isZero();
        assertThat(pace.reserve(10, muchLater)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }
}
