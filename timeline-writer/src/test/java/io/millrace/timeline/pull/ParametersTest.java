package io.millrace.timeline.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.0", "1e3", "0x10", " 1", "١", "9223372036854775808", "null", "501"})
    void shouldRefuseWhatIsNoNumberInRange(String text) {
        // Given
        var parameters = new Parameters(Map.of("limit", List.of(text)));

        // When
        var refused = catchThrowableOfType(ProblemException.class, () -> parameters.number("limit", 200, 1, 500));

        // Then
        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().code()).isEqualTo("invalid");
        assertThat(refused.problem().detail()).startsWith("limit ");
    }

    @Test
    void shouldRefuseParameterThatStandsTwice() {
        // Given
        var parameters = new Parameters(Map.of("after", List.of("1", "2")));

        // When
        var refused = catchThrowableOfType(ProblemException.class, () -> parameters.number("after", 0, 0, 9));

        // Then
        assertThat(refused.problem().code()).isEqualTo("invalid");
    }

    @Test
    void shouldTakeDefaultWhenAbsent() {
        // When / Then
        assertThat(new Parameters(Map.of()).number("after", 7, 0, 9)).isEqualTo(7);
    }
}
