package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.load.Rates.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
    @Test
    void shouldSpreadMessagesEvenlyWhenTheRateIsConstant() {
        // When
        var rates = Rates.constant(4, 2);

        // Then
        assertThat(rates.count()).isEqualTo(8);
        assertThat(rates.dueNanos(0)).isZero();
        assertThat(rates.dueNanos(1)).isEqualTo(250_000_000);
        assertThat(rates.dueNanos(7)).isEqualTo(1_750_000_000);
    }

    @Test
    void shouldGoOnWhereTheLastLegEndsWhenTheRateChanges() {
        // When
        var rates = new Rates(List.of(new Span(2, 1), new Span(20, 0.5), new Span(2, 1)));

        // Then
        assertThat(rates.count()).isEqualTo(14);
        assertThat(rates.dueNanos(2)).isEqualTo(1_000_000_000);
        assertThat(rates.dueNanos(3)).isEqualTo(1_050_000_000);
        assertThat(rates.dueNanos(12)).isEqualTo(1_500_000_000);
        assertThat(rates.dueNanos(13)).isEqualTo(2_000_000_000);
        assertThat(rates.seconds()).isEqualTo(2.5);
    }
}
