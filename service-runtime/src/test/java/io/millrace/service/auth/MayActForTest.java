package io.millrace.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.TokenRejectedException.Reason;
import io.millrace.service.config.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For whom a token may speak is what its signed claim says, and nothing else. */
class MayActForTest {
    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");

    private final TokenVerifier verifier = new TokenVerifier(
            new AuthConfig(List.of(new AuthConfig.Issuer("hs", "HS256", SECRET, null, null)), Duration.ofSeconds(30)),
            Tokens.CLOCK);

    @Test
    void shouldSpeakForNobodyElseWhenThereIsNoClaim() throws Exception {
        assertThat(verifier.verify(token(null)).mayActFor()).isEqualTo(MayActFor.NOBODY);
        assertThat(MayActFor.NOBODY.covers(BOB)).isFalse();
    }

    @Test
    void shouldSpeakForThoseWhoAreNamed() throws Exception {
        // When
        var some = verifier.verify(token(List.of("bob", "dave"))).mayActFor();
        var none = verifier.verify(token(List.of())).mayActFor();

        // Then
        assertThat(some.covers(BOB)).isTrue();
        assertThat(some.covers(CAROL)).isFalse();
        assertThat(none.covers(BOB)).isFalse();
    }

    @Test
    void shouldSpeakForEverybodyWhenTheClaimIsAStar() throws Exception {
        assertThat(verifier.verify(token("*")).mayActFor().covers(BOB)).isTrue();
        assertThat(verifier.verify(token(List.of("carol", "*"))).mayActFor().covers(BOB))
                .isTrue();
    }

    static Stream<Object> badClaims() {
        return Stream.of(
                "bob",
                "",
                true,
                7,
                Map.of("bob", true),
                List.of(7),
                List.of("a:b"),
                List.of(""),
                List.of("b*"),
                List.of(List.of("bob")),
                Arrays.asList("bob", null));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void shouldNotHonourTheTokenWhenTheClaimIsMalformed(Object claim) throws Exception {
        // Given
        var token = token(claim);

        // When
        var rejected = catchThrowableOfType(TokenRejectedException.class, () -> verifier.verify(token));

        // Then
        assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED);
    }

    private static String token(Object claim) throws Exception {
        var claims = Tokens.claims("hs").claim("may_act_for", claim).build();
        return Tokens.signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(SECRET.bytes()));
    }
}
