package io.millrace.guarantees.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultSummaryTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldTellMedianAndWorstOfWhatEnded() {
        // Given
        var odd = recoveries(3, 9, 1);
        var even = recoveries(2, 4, 8, 1);

        // When
        // Then
        assertThat(odd.medianSeconds()).isEqualTo(3);
        assertThat(even.medianSeconds()).isEqualTo(3);
        assertThat(even.worstSeconds()).isEqualTo(8);
        assertThat(even.times()).isEqualTo(4);
    }

    @Test
    void shouldCountWhatDidNotEndApart() {
        // When
        var summary = recoveries(-1, 5);

        // Then
        assertThat(summary.never()).isEqualTo(1);
        assertThat(summary.medianSeconds()).isEqualTo(5);
    }

    private static FaultSummary recoveries(long... seconds) {
        var faults = Arrays.stream(seconds)
                .mapToObj(s -> new FaultTime("kill", "F1", "", "", 0, SECOND, s < 0 ? -1 : (1 + s) * SECOND, List.of()))
                .toList();
        return FaultSummary.of(faults).get(0);
    }
}
