package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.protocol.CloseCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHeadsTest {
    private static final int MAX = 1000;

    @ParameterizedTest
    @CsvSource({
        "8102, PROTOCOL_ERROR",
        "8900, PROTOCOL_ERROR",
        "81ff80, PROTOCOL_ERROR",
        "81fe03e9, TOO_LARGE",
        "81ff00000000000003e9, TOO_LARGE",
        "81ff7fffffffffffffff, TOO_LARGE",
        "81fe03e8, ",
        "81ff00000000000003e8, ",
        "81ff00000000000003, "
    })
    void shouldTellAtTheHead(String hex, CloseCode code) {
        assertThat(new FrameHeads().scan(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), MAX))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindTheWrongFrameWhereverTheBytesAreCut(long seed) {
        // Given: frames of all three forms of length, whose payload looks like heads that are wrong
        var random = new Random(seed);
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            all.writeBytes(RawSocket.frame(0x81, new byte[random.nextInt(3) * random.nextInt(400)]));
        }
        byte[] good = all.toByteArray();
        all.writeBytes(new byte[] {(byte) 0x89, 0});

        // When
        var bytes = ByteBuffer.wrap(all.toByteArray());
        var heads = new FrameHeads();
        CloseCode wrong = null;
        int end = 0;
        while (wrong == null && end < bytes.capacity()) {
            end = Math.min(bytes.capacity(), end + 1 + random.nextInt(50));
            wrong = heads.scan(bytes.limit(end), MAX);
        }

        // Then
        assertThat(wrong).isEqualTo(CloseCode.PROTOCOL_ERROR);
        assertThat(bytes.position()).isEqualTo(good.length + 2);
    }

    @Test
    void shouldGoByTheLimitOfTheMoment() {
        // Given
        var heads = new FrameHeads();
        var frame = RawSocket.frame(0x81, new byte[500]);

        // Then
        assertThat(heads.scan(ByteBuffer.wrap(frame), 500)).isNull();
        assertThat(heads.scan(ByteBuffer.wrap(frame), 499)).isEqualTo(CloseCode.TOO_LARGE);
    }
}
