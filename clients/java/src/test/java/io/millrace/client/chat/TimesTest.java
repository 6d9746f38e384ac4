package io.millrace.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
    private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-05-03T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"30s,PT30S", "10m,PT10M", "2h,PT2H", "1d,P1D", "1w,P7D", "14:30,PT2H30M", "9:05,PT21H5M", "12:00,P1D"})
    void shouldReadSpansAndTheClock(String word, Duration expected) {
        assertThat(Times.until(word, NOON)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0m", "10", "m", "1y", "-1h", "25:00", "12:60", "1234567d"})
    void shouldReadNothingElse(String word) {
        assertThat(Times.until(word, NOON)).isEmpty();
    }

    @Test
    void shouldNotTakeTheClockForASpan() {
        assertThat(Times.span("14:30")).isEmpty();
    }
}
