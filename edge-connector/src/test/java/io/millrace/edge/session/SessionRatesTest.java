package io.millrace.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The limits of one session, by a clock that the test moves. */
class SessionRatesTest {
    private final SessionRates rates = new SessionRates(SessionLimits.defaults(), 0);

    private static long ms(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void shouldTakeABurstOfCommandsAndThenOnePerRefill() {
        for (int i = 0; i < 100; i++) {
            assertThat(rates.command(0)).isZero();
        }
        assertThat(rates.command(0)).isEqualTo(20);
        assertThat(rates.command(ms(19))).isEqualTo(1);
        assertThat(rates.command(ms(20))).isZero();
        assertThat(rates.command(ms(20))).isPositive();
    }

    @Test
    void shouldTakeABurstOfFramesAndThenOnePerRefill() {
        for (int i = 0; i < 1000; i++) {
            assertThat(rates.frame(0)).isTrue();
        }
        assertThat(rates.frame(0)).isFalse();
        assertThat(rates.frame(ms(5))).isTrue();
        assertThat(rates.frame(ms(5))).isFalse();
    }

    @Test
    void shouldForgiveFiveBadFramesAMinute() {
        for (int i = 0; i < 5; i++) {
            assertThat(rates.badFrame(0)).isTrue();
        }
        assertThat(rates.badFrame(ms(11_999))).isFalse();
        assertThat(rates.badFrame(ms(12_000))).isTrue();
        assertThat(rates.badFrame(ms(12_000))).isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(rates.badFrame(ms(72_000))).isTrue();
        }
    }

    @Test
    void shouldCountRefusalsBeforeTheSessionIsSentAway() {
        for (int i = 0; i < 200; i++) {
            assertThat(rates.refusal(0)).isTrue();
        }
        assertThat(rates.refusal(ms(99))).isFalse();
        assertThat(rates.refusal(ms(100))).isTrue();
    }
}
