package io.millrace.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"c", "-", ":", "c-01", "a.b_c:d-e", "0190163d-8694-739b-aea5-966c26f8ad91"})
    void shouldTakeKeys(String text) {
        assertThat(new ClientMessageId(text)).hasToString(text);
    }

    static Stream<String> broken() {
        return Stream.of("", "a b", "a/b", "é", "\u0000", "a\n", "x".repeat(65));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldRefuseWhatBreaksTheGrammar(String text) {
        assertThatThrownBy(() -> new ClientMessageId(text)).isInstanceOf(InvalidIdException.class);
    }

    /** The example of RFC 9562, appendix A.6. */
    @Test
    void shouldReadTheTimeOfAUuid7() {
        assertThat(new ClientMessageId("017F22E2-79B0-7CC3-98C4-DC0C0C07398F").timestampMs())
                .hasValue(1_645_557_742_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c-01",
                "017F22E2-79B0-4CC3-98C4-DC0C0C07398F",
                "017F22E2-79B0-7CC3-98C4.DC0C0C07398F",
                "z17F22E2-79B0-7CC3-98C4-DC0C0C07398F"
            })
    void shouldReadNoTimeFromOtherKeys(String text) {
        assertThat(new ClientMessageId(text).timestampMs()).isEmpty();
    }
}
