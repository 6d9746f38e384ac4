package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
                "{\"a\":-Infinity}",
                "{\"a\":-NaN}",
                "{\"a\":-}",
                "{\"a\":0x10}",
                "{\"a\":-1e999999}",
                "{\"a\":-9223372036854775809}",
                "{\"a\":1,\"\\u0061\":2}",
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

    /** A double would make 2^53 of 2^53 + 1. */
    @ParameterizedTest
    @ValueSource(longs = {9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE, 0})
    void shouldKeepIntegersExactly(long number) throws Exception {
        assertThat(read("{\"a\":" + number + "}").fields().optionalInteger("a")).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0", "0e999999999", "1e-999999999", "-0.0e-5"})
    void shouldTakeEveryZeroWithoutHarm(String zero) throws Exception {
        assertThat(read("{\"a\":" + zero + "}").fields().optional("a").decimalValue())
                .isZero();
    }

    @Test
    void shouldTellKeysOfDifferentNormalFormsApart() throws Exception {
        assertThat(read("{\"caf\u00e9\":1,\"cafe\u0301\":2}").fields().optionalInteger("caf\u00e9"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7b2261223a22c0af227d", // overlong slash
                "7b2261223a22e080af227d", // overlong slash of three bytes
                "7b2261223a22eda080227d", // surrogate
                "7b2261223a22f4908080227d", // beyond Unicode
                "7b2261223a22e4227d", // cut short
                "7b2261223a22ff227d",
                "7b002200610022003a0031007d00", // UTF-16
                "fffe7b007d00",
                "0000007b0000007d", // UTF-32
                "efbbbf7b7d", // byte order mark
                "7b7d00"
            })
    void shouldRefuseWhenTheBytesAreNoUtf8(String hex) {
        assertThatThrownBy(() -> StrictJson.read(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FRAME));
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
