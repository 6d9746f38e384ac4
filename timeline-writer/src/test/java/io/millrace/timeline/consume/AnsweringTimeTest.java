package io.millrace.timeline.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnsweringTimeTest {
    private static final long SETTLING = seconds(10);

    private final AnsweringTime time = new AnsweringTime(0);
    private final Trail trail = new Trail(100);

    @Test
    void shouldPassWhileTheStoreAnswers() {
        // When
        answerEverySecond(1, 5);

        // Then
        assertThat(time.proved()).isEqualTo(seconds(5));
        assertThat(time.at(seconds(6))).isEqualTo(seconds(6));
    }

    @Test
    void shouldStandStillWhileTheStoreIsAway() {
        // Given
        answerEverySecond(1, 5);

        // When
        time.answered(seconds(65));

        // Then
        assertThat(time.proved()).isEqualTo(seconds(5) + AnsweringTime.GAP_NANOS);
    }

    @Test
    void shouldNotSettleWhatWasAcknowledgedJustBeforeTheStoreWentAway() {
        // Given
        answerEverySecond(1, 5);
        trail.written(time.at(seconds(5)), 110);
        answerEverySecond(6, 20);
        trail.written(time.at(seconds(20)), 120);

        // When
        answerEverySecond(60, 65);

        // Then
        assertThat(trail.settled(time.proved() - SETTLING)).isEqualTo(110);
        answerEverySecond(66, 75);
        assertThat(trail.settled(time.proved() - SETTLING)).isEqualTo(120);
    }

    @Test
    void shouldNeverGoBack() {
        // Given
        time.answered(seconds(3));

        // When
        time.answered(seconds(1));

        // Then
        assertThat(time.proved()).isEqualTo(AnsweringTime.GAP_NANOS);
        assertThat(time.at(seconds(1))).isEqualTo(AnsweringTime.GAP_NANOS);
    }

    private void answerEverySecond(long from, long to) {
        for (long second = from; second <= to; second++) {
            time.answered(seconds(second));
        }
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
