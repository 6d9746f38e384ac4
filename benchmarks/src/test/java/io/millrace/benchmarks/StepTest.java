package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.report.Spread.Second;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final double NEVER = -1;

    @Test
    void shouldCountFromTheFallWhenItGetsNormal() {
        // Given: normal is 20 ms, the load is high from 3 to 5
        var seconds = seconds(20, 20, 20, 900, 4000, 3000, 800, 60, 20, 20);

        // When
        double normal = Step.normalAgain(seconds, 3, 5);

        // Then
        assertThat(normal).isEqualTo(2);
    }

    @Test
    void shouldNotTakeOneGoodSecondForTheEndWhenBadOnesFollow() {
        assertThat(Step.normalAgain(seconds(20, 20, 900, 20, 900, 20), 2, 3)).isEqualTo(2);
    }

    @Test
    void shouldSayNeverWhenTheLastSecondIsBad() {
        assertThat(Step.normalAgain(seconds(20, 20, 900, 900), 2, 3)).isEqualTo(NEVER);
    }

    private static List<Second> seconds(double... p99) {
        var seconds = new ArrayList<Second>();
        for (int i = 0; i < p99.length; i++) {
            seconds.add(new Second(i, 10, p99[i] / 2, p99[i], p99[i]));
        }
        return seconds;
    }
}
