package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StretchTest {
    private static final long LATE = TimeUnit.SECONDS.toNanos(3);

    private final Ledger ledger = new Ledger(PullableWatch.NONE);

    @Test
    void shouldCountFromWhenAMessageWasDueWhenItIsSentLate() {
        // Given
        var stretch = ledger.open(Rates.constant(10, 1), 1);
        stretch.begin(System.nanoTime() - LATE);

        // When
        stretch.onSent(0);
        ledger.onAccepted(stretch.first());
        ledger.onPosted(stretch.first());
        ledger.onDelivered(stretch.first(), 7);

        // Then
        assertThat(stretch.lateMs()).isBetween(3000.0, 4000.0);
        assertThat(stretch.deliveredMs(50)).isBetween(3000.0, 4000.0);
        assertThat(stretch.spreads())
                .extracting(spread -> spread.name())
                .containsExactly("accepted", "posted", "delivered");
        assertThat(stretch.deliveredBySecond()).singleElement().satisfies(second -> {
            assertThat(second.second()).isZero();
            assertThat(second.count()).isEqualTo(1);
        });
    }

    @Test
    void shouldBeOverWhenEverythingIsAnsweredAndDeliveredToEveryDevice() {
        // Given
        var stretch = ledger.open(Rates.constant(2, 1), 2);
        stretch.begin(System.nanoTime());
        ledger.onPosted(stretch.first());
        ledger.onRefused(stretch.first() + 1, "overloaded", 500);
        ledger.onDelivered(stretch.first(), 5);
        boolean afterTheFirstDevice = stretch.isOver();

        // When
        ledger.onDelivered(stretch.first(), 9);

        // Then
        assertThat(afterTheFirstDevice).isFalse();
        assertThat(stretch.isOver()).isTrue();
        assertThat(stretch.refusals()).containsEntry("refused as overloaded", 1L);
    }

    @Test
    void shouldMissWhatWasAcceptedWhenNothingIsHeardOfItAnyMore() {
        // Given
        var stretch = ledger.open(Rates.constant(3, 1), 1);
        stretch.begin(System.nanoTime());

        // When
        ledger.onAccepted(stretch.first());
        ledger.onAccepted(stretch.first() + 1);
        ledger.onPosted(stretch.first() + 1);
        ledger.onAccepted(stretch.first() + 2);
        ledger.onRejected(stretch.first() + 2, "muted");

        // Then
        assertThat(stretch.acceptedAndNotDecided()).isEqualTo(1);
    }

    @Test
    void shouldTellEachStretchOfItsOwnWhenOneFollowsTheOther() {
        // Given
        var first = ledger.open(Rates.constant(5, 1), 1);
        var second = ledger.open(Rates.constant(5, 1), 1);

        // When
        ledger.onPosted(second.first() - 1);
        ledger.onPosted(second.first());
        ledger.onPosted(second.first() + 1);

        // Then
        assertThat(first.postedCount()).isEqualTo(1);
        assertThat(second.postedCount()).isEqualTo(2);
        assertThat(ledger.posted()).isEqualTo(3);
    }
}
