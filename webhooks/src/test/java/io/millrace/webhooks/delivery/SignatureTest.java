package io.millrace.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.service.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers come from {@code printf '%s' '<t>.<body>' | openssl dgst -sha256 -hmac <secret>}. */
class SignatureTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L, 999_000_000);
    private static final byte[] BODY = "{\"id\":\"d:alice:bob/14\"}".getBytes(StandardCharsets.UTF_8);
    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");
    private static final Secret FORMER = new Secret("fedcba9876543210fedcba9876543210");

    @Test
    void shouldSignTimeAndBodyAsOpensslDoes() {
        assertThat(Signature.of(NOW, BODY, List.of(SECRET)))
                .isEqualTo("t=1790000000,v1=1aa55e14c5d2998aa06cc21dbe50925cde871448a17cf57cc6b41105fc67fb81");
    }

    @Test
    void shouldSignOnceForEachSecretWhenOneIsBeingChanged() {
        assertThat(Signature.of(NOW, BODY, List.of(SECRET, FORMER)))
                .isEqualTo("t=1790000000,v1=1aa55e14c5d2998aa06cc21dbe50925cde871448a17cf57cc6b41105fc67fb81"
                        + ",v1=371e7a1f1c8bdd0178ed10a8d5913e08a3a57ee5f428115684ce413021258812");
    }

    @Test
    void shouldGiveAnotherSignatureWhenTimeBodyOrSecretIsAnother() {
        // Given
        var signature = Signature.of(NOW, BODY, List.of(SECRET));

        // Then
        assertThat(List.of(
                        Signature.of(NOW.plusSeconds(1), BODY, List.of(SECRET)),
                        Signature.of(NOW, new byte[0], List.of(SECRET)),
                        Signature.of(NOW, BODY, List.of(FORMER))))
                .doesNotContain(signature)
                .doesNotHaveDuplicates();
    }
}
