package io.millrace.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthConfigTest {
    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS512", "RS512", "hs256", ""})
    void shouldRefuseOtherAlgorithms(String algorithm) {
        assertThatThrownBy(() -> new AuthConfig.Issuer("idp", algorithm, SECRET, null, null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("algorithm is HS256, RS256 or ES256");
    }

    @Test
    void shouldRefuseAShortSecret() {
        assertThatThrownBy(() -> new AuthConfig.Issuer("idp", "HS256", new Secret("short"), null, null))
                .hasMessageContaining("at least 32 bytes");
    }

    @Test
    void shouldRefuseASecretBesidePublicKeys() {
        assertThatThrownBy(() -> new AuthConfig.Issuer("idp", "RS256", SECRET, "https://idp/jwks", null))
                .hasMessageContaining("no secret");
        assertThatThrownBy(() -> new AuthConfig.Issuer("idp", "HS256", SECRET, "https://idp/jwks", null))
                .hasMessageContaining("no jwks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://idp.example/jwks", "ftp://idp/jwks", "idp", "http://127.0.0.1.evil.example/", "::"})
    void shouldRefuseKeysThatComeInTheClear(String jwks) {
        assertThatThrownBy(() -> new AuthConfig.Issuer("idp", "RS256", null, jwks, null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("jwks is file:, https:, or http: on a loopback address");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 61})
    void shouldBoundTheLeeway(long seconds) {
        assertThatThrownBy(() -> new AuthConfig(List.of(), Duration.ofSeconds(seconds)))
                .hasMessageContaining("between 0s and 60s");
    }

    @Test
    void shouldRefuseTwoIssuersOfOneName() {
        // Given
        var issuer = DevelopmentTokens.issuer(SECRET);

        // Then
        assertThatThrownBy(() ->
                        new TokenVerifier(new AuthConfig(List.of(issuer, issuer), null), java.time.Clock.systemUTC()))
                .hasMessageContaining("stands twice");
    }

    @Test
    void shouldNotShowSecrets() {
        assertThat(new AuthConfig(List.of(DevelopmentTokens.issuer(SECRET)), null).toString())
                .doesNotContain(SECRET.value());
    }
}
