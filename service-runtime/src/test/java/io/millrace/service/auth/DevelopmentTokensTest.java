package io.millrace.service.auth;

import static io.millrace.service.auth.Tokens.CLOCK;
import static io.millrace.service.auth.Tokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.id.UserId;
import io.millrace.service.config.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevelopmentTokensTest {
    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");

    @Test
    void shouldIssueTokensThatAreHonouredWhereTheIssuerIsConfigured() throws Exception {
        // Given
        var tokens = new DevelopmentTokens(SECRET, CLOCK, Duration.ofHours(12));
        var verifier = new TokenVerifier(new AuthConfig(List.of(DevelopmentTokens.issuer(SECRET)), null), CLOCK);

        // When
        var verified = verifier.verify(tokens.issue(new UserId("alice")));

        // Then
        assertThat(verified.user()).isEqualTo(new UserId("alice"));
        assertThat(verified.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
        assertThat(verified.tokenId()).isNotBlank();
    }

    @Test
    void shouldNotBeHonouredElsewhere() {
        // Given
        var token = new DevelopmentTokens(SECRET, CLOCK, Duration.ofHours(12)).issue(new UserId("alice"));
        var verifier = new TokenVerifier(new AuthConfig(List.of(), null), CLOCK);

        // Then
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(TokenRejectedException.class);
    }

    @Test
    void shouldRefuseAShortSecret() {
        assertThatThrownBy(() -> new DevelopmentTokens(new Secret("short"), CLOCK, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }
}
