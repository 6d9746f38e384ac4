package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "text",
                "\"text\"",
                "[]",
                "1",
                "null",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1} x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":1e999999}",
                "{\"a\":9223372036854775808}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\t\"}",
                "/* c */{}",
                "\ufeff{\"a\":1}x"
            })
    void shouldRefuseWhenItIsNotExactlyOneStrictObject(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.BAD_FRAME));
    }

    @Test
    void shouldRefuseWhenNestedTooDeep() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> read("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldReadWhenNestedJustDeepEnough() throws Exception {
        assertThat(read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")
                        .fields()
                        .optional("a"))
                .isNotNull();
    }

    @Test
    void shouldRefuseWhenANumberHas400Digits() {
        assertThatThrownBy(() -> read("{\"a\":" + "1".repeat(400) + "}")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> read("{\"a\":0." + "1".repeat(400) + "}")).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":{\"b\" : 1 , \"text\":\"\\u4e16界\"}}",
                "{\"x\":\"界\",\"body\":  {\"b\" : 1 , \"text\":\"\\u4e16界\"}  ,\"y\":1}",
                "{ \"body\" :{\"b\" : 1 , \"text\":\"\\u4e16界\"},\"z\":{\"body\":{}}}"
            })
    void shouldKeepTheBodyByteForByteWhenItIsRead(String text) throws Exception {
        assertThat(new String(read(text).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"b\" : 1 , \"text\":\"\\u4e16界\"}");
    }

    @Test
    void shouldNotRepeatTheInputWhenRefusing() {
        assertThatThrownBy(() -> read("{\"token\":\"secret-token\" oops"))
                .isInstanceOf(RefusedException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private static JsonDocument read(String text) throws RefusedException {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
