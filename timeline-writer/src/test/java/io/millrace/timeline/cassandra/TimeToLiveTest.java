package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeToLiveTest {
    @ParameterizedTest(name = "ends at {0}, written at {1}: {2} s")
    @CsvSource({
        "0, 5000, 0",
        "5000, 5000, -1",
        "4999, 5000, -1",
        "5001, 5000, 1",
        "6000, 5000, 1",
        "6000, 5999, 1",
        "6001, 5999, 2",
        "6499, 5500, 2",
        "31628400000, 6000000, 31622400",
        "900000000000, 0, 630720000"
    })
    void shouldEndInTheWholeSecondAfterTheEndAndNeverBeforeIt(long expiresAtMs, long nowMs, int seconds) {
        // When
        int kept = TimeToLive.seconds(expiresAtMs, nowMs);

        // Then
        assertThat(kept).isEqualTo(seconds);
        if (kept > 0 && kept < 630_720_000) {
            long gone = (nowMs / 1000 + kept) * 1000;
            assertThat(gone).isBetween(expiresAtMs, expiresAtMs + 999);
        }
    }
}
