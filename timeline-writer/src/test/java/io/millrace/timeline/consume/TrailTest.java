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
        assertThat(trail.settled(9)).isEmpty();
        assertThat(trail.settled(10)).hasValue(110);
        assertThat(trail.settled(29)).hasValue(120);
        assertThat(trail.settled(5)).as("settled once, settled for good").hasValue(120);
        assertThat(trail.settled(30)).hasValue(130);
        assertThat(trail.settled(99)).hasValue(130);
    }

    @Test
    void shouldBeginAgainBehindWhatIsSettled() {
        // Given
        trail.written(10, 110);

        // Then
        assertThat(trail.rewind(9)).isEqualTo(100);
        assertThat(trail.rewind(10)).isEqualTo(110);
    }
}
