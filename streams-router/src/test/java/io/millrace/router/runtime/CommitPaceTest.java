package io.millrace.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long START = System.nanoTime();

    private final CommitPace pace = new CommitPace();

    @Test
    void shouldCommitAtOnceWhenNothingWasCommittedYet() {
        assertThat(pace.isTime(START)).isTrue();
    }

    @Test
    void shouldWaitFiveMillisecondsWhenCommitsTakeNoTime() {
        // Given
        commit(100, 100);

        // Then
        assertThat(pace.isTime(at(104))).isFalse();
        assertThat(pace.isTime(at(105))).isTrue();
    }

    @Test
    void shouldProcessTwiceAsLongAsACommitTakes() {
        // Given
        commit(100, 120);

        // Then
        assertThat(pace.isTime(at(159))).isFalse();
        assertThat(pace.isTime(at(160))).isTrue();
    }

    @Test
    void shouldCountEveryStepWhenSeveralTasksFlush() {
        // Given
        pace.spent(ms(10));
        pace.spent(ms(5));
        pace.committed(ms(5), at(120));

        // Then
        assertThat(pace.isTime(at(159))).isFalse();
        assertThat(pace.isTime(at(160))).isTrue();
    }

    @Test
    void shouldNotCountTheTimeBetweenAFlushWithoutACommitAndTheNextCommit() {
        // Given: a task was closed
        pace.spent(ms(1));

        // When: a minute later
        pace.committed(ms(1), at(60_000));

        // Then
        assertThat(pace.isTime(at(60_004))).isFalse();
        assertThat(pace.isTime(at(60_005))).isTrue();
    }

    @Test
    void shouldForgetASlowCommitWhenTheNextOnesAreFast() {
        // Given
        commit(0, 1000);

        // When
        for (int i = 0; i < 40; i++) {
            commit(2000 + i, 2000 + i);
        }

        // Then
        assertThat(pace.isTime(at(2039 + 5))).isTrue();
    }

    private void commit(long fromMs, long toMs) {
        pace.committed(ms(toMs - fromMs), at(toMs));
    }

    private static long at(long ms) {
        return START + ms(ms);
    }

    private static long ms(long ms) {
        return Duration.ofMillis(ms).toNanos();
    }
}
