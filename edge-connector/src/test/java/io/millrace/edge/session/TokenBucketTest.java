package io.millrace.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.id.UserId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static long ms(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void shouldTellHowLongToWaitWhenTheBurstIsUsed() {
        // Given
        var bucket = new TokenBucket(10, 3, 0);

        // When
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(0)).isZero();
        }

        // Then
        assertThat(bucket.take(0)).isEqualTo(100);
        assertThat(bucket.take(ms(99))).isEqualTo(1);
        assertThat(bucket.take(ms(100))).isZero();
        assertThat(bucket.take(ms(100))).isEqualTo(100);
    }

    @Test
    void shouldNeverHoldMoreThanTheBurst() {
        // Given
        var bucket = new TokenBucket(10, 2, 0);

        // Then
        assertThat(bucket.take(ms(100_000))).isZero();
        assertThat(bucket.take(ms(100_000))).isZero();
        assertThat(bucket.take(ms(100_000))).isPositive();
    }

    @Test
    void shouldNotGoBackWhenTimeDoes() {
        // Given
        var bucket = new TokenBucket(10, 1, ms(1000));
        bucket.take(ms(1000));

        // Then
        assertThat(bucket.take(ms(500))).isEqualTo(100);
    }

    @Test
    void shouldCountAllSessionsOfAUserTogetherAndOthersApart() {
        // Given
        var rates = new SharedRates(SessionLimits.defaults(), 0);
        var alice = new UserId("alice");

        // When
        for (int i = 0; i < 2 * SessionLimits.defaults().sendsPerSecondPerUser(); i++) {
            assertThat(rates.take(alice, 0)).isZero();
        }

        // Then
        assertThat(rates.take(alice, 0)).isPositive();
        assertThat(rates.take(new UserId("bob"), 0)).isZero();
        rates.sweep(ms(10_000));
        assertThat(rates.take(alice, ms(10_000))).isZero();
    }
}
