package io.millrace.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AfterCloseTest {
    @ParameterizedTest
    @CsvSource({
        "1001, SPREAD", "1013, SPREAD", "1009, STOP", "4400, STOP", "4401, NEW_TOKEN", "4408, RETURN",
        "4409, ONCE_LATER", "4429, BACK_OFF", "4508, RETURN", "1000, BACK_OFF", "1006, BACK_OFF", "1011, BACK_OFF",
        "4999, BACK_OFF"
    })
    void shouldDoWhatTheProtocolSaysWhenASessionIsClosed(int code, AfterClose expected) {
        assertThat(AfterClose.of(code)).isEqualTo(expected);
    }
}
