package io.millrace.timeline.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrailTest {
    private final Trail trail = new Trail(100);

    @Test
    void shouldSettleWhatWasWrittenByThen() {
        // Given
        trail.written(10, 110);
        trail.written(20, 120);
        trail.written(30, 130);

        // Then
        assertThat(trail.settled(9)).isEqualTo(100);
        assertThat(trail.settled(10)).isEqualTo(110);
        assertThat(trail.settled(29)).isEqualTo(120);
        assertThat(trail.settled(5)).as("settled once, settled for good").isEqualTo(120);
        assertThat(trail.settled(30)).isEqualTo(130);
        assertThat(trail.settled(99)).isEqualTo(130);
    }
}
