package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"teleport\",\"ref\":5} | UNKNOWN_TYPE | 5",
                "{\"ref\":5} | BAD_FRAME | 5",
                "{\"type\":null,\"ref\":5} | BAD_FRAME | 5",
                "{\"type\":7,\"ref\":5} | INVALID | 5",
                "{\"type\":\"ping\",\"ref\":\"5\"} | INVALID |",
                "{\"type\":\"ping\",\"ref\":5.0} | INVALID |",
                "{\"type\":\"ping\",\"ref\":5 | BAD_FRAME |"
            })
    void shouldRefuseWithTheRefWhenAFrameIsWrong(String text, ErrorCode code, Long ref) {
        // When
        var result = read(text);

        // Then
        assertThat(result.frame()).isNull();
        assertThat(result.refused().code()).isEqualTo(code);
        assertThat(result.ref()).isEqualTo(ref);
    }

    @Test
    void shouldIgnoreFieldsThatItDoesNotKnow() {
        assertThat(read("{\"type\":\"ping\",\"later\":{\"x\":[1]}}").frame().type())
                .isEqualTo(ClientFrame.Type.PING);
    }

    @Test
    void shouldHideTheTokenWhenAHelloIsShown() throws Exception {
        // When
        var frame = read("{\"type\":\"hello\",\"token\":\"secret\",\"device\":\"d-1\",\"attempt\":3}")
                .frame();

        // Then
        assertThat(FrameReader.hello(frame).attempt()).isEqualTo(3);
        assertThat(FrameReader.hello(frame) + "" + frame + frame.json()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"ack\"}",
                "{\"type\":\"ack\",\"position\":-1}",
                "{\"type\":\"ack\",\"position\":1.5}",
                "{\"type\":\"ack\",\"position\":1,\"stored\":-2}"
            })
    void shouldRefuseAnAckWhenAPositionIsWrong(String text) {
        assertThatThrownBy(() -> FrameReader.ack(read(text).frame()))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    private static FrameReader.Result read(String text) {
        return FrameReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
