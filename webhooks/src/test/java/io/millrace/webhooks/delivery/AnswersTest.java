package io.millrace.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "200,delivered",
        "201,delivered",
        "204,delivered",
        "299,delivered", //
        "410,gone", //
        "400,refused",
        "401,refused",
        "404,refused",
        "413,refused",
        "422,refused", //
        "408,try_again",
        "425,try_again",
        "429,try_again", //
        "500,try_again",
        "502,try_again",
        "503,try_again",
        "599,try_again", //
        "301,try_again",
        "302,try_again",
        "307,try_again",
        "308,try_again",
        "304,try_again"
    })
    void shouldTellWhatAnAnswerMeans(int status, String outcome) {
        assertThat(Answers.of(status, Optional.empty(), NOW).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | 120 | 120",
                "503 | 0 | 0",
                "503 | Fri, 27 Nov 2026 12:00:30 GMT | 30",
                "503 | Fri, 27 Nov 2026 11:00:00 GMT | 0",
                "429 | 999999999 | 3600",
                "429 | soon | 0",
                "429 | -5 | 0",
                "500 | 120 | 0"
            })
    void shouldLeaveTheSubscriberAloneAsLongAsItAsksWithinAnHour(int status, String header, long seconds) {
        assertThat(Answers.of(status, Optional.of(header), NOW))
                .isEqualTo(new Verdict.TryAgain(status, "answered " + status, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldNeedNoHeader(int status) {
        assertThat(Answers.of(status, Optional.empty(), NOW))
                .isEqualTo(new Verdict.TryAgain(status, "answered " + status, Duration.ZERO));
    }

    @Test
    void shouldKeepTheStatusOfARefusal() {
        assertThat(Answers.of(422, Optional.of("120"), NOW)).isEqualTo(new Verdict.Refused(422));
    }
}
