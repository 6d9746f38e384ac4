package io.millrace.schemas.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BodyCipherTest {
    private static final byte[] BYTES = new byte[BodyKey.BYTES];
    private static final BodyKey KEY = BodyKey.of("k-1", "alice", BYTES);
    private static final String TEXT = "{\"kind\":\"text\",\"text\":\"hi 你好\"}";

    @Test
    void shouldGiveBackTheBodyWhenKeyIsRight() {
        // Given
        var body = utf8(TEXT);

        // When
        var encrypted = BodyCipher.encrypt(KEY, body);

        // Then
        assertThat(BodyCipher.decrypt(KEY, encrypted)).contains(utf8(TEXT));
        assertThat(encrypted.remaining()).isEqualTo(utf8(TEXT).remaining() + BodyCipher.OVERHEAD);
        assertThat(body).as("the given buffer stays where it is").isEqualTo(utf8(TEXT));
        assertThat(new String(encrypted.array(), StandardCharsets.ISO_8859_1)).doesNotContain("kind", "text");
    }

    @Test
    void shouldNeverEncryptAlikeWhenBodyIsTheSame() {
        // When
        var one = BodyCipher.encrypt(KEY, utf8(TEXT));
        var other = BodyCipher.encrypt(KEY, utf8(TEXT));

        // Then
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void shouldGiveNothingWhenAnyByteWasAltered() {
        // Given
        var encrypted = bytes(BodyCipher.encrypt(KEY, utf8(TEXT)));

        for (int i = 0; i < encrypted.length; i++) {
            // When
            var altered = encrypted.clone();
            altered[i] ^= 1;

            // Then
            assertThat(BodyCipher.decrypt(KEY, ByteBuffer.wrap(altered)))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @Test
    void shouldGiveNothingWhenKeyIsAnother() {
        // Given
        var others = BYTES.clone();
        others[0] = 1;

        // When
        var encrypted = BodyCipher.encrypt(KEY, utf8(TEXT));

        // Then
        assertThat(BodyCipher.decrypt(BodyKey.of("k-1", "alice", others), encrypted))
                .isEmpty();
        assertThat(BodyCipher.decrypt(BodyKey.of("k-2", "alice", BYTES), encrypted))
                .as("the same bytes under another id")
                .isEmpty();
    }

    @Test
    void shouldGiveNothingWhenBytesAreTooFew() {
        // Given
        var encrypted = bytes(BodyCipher.encrypt(KEY, utf8("")));

        // Then
        assertThat(BodyCipher.decrypt(KEY, ByteBuffer.wrap(encrypted))).contains(utf8(""));
        for (int length = 0; length < encrypted.length; length++) {
            assertThat(BodyCipher.decrypt(KEY, ByteBuffer.wrap(Arrays.copyOf(encrypted, length))))
                    .isEmpty();
        }
    }

    @Test
    void shouldShowNothingOfAKey() {
        assertThat(KEY).hasToString("BodyKey[k-1]");
        assertThatThrownBy(() -> BodyKey.of("k-1", "alice", new byte[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key has 32 bytes, not 16");
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
