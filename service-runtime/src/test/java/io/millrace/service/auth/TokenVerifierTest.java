package io.millrace.service.auth;

import static io.millrace.service.auth.Tokens.CLOCK;
import static io.millrace.service.auth.Tokens.NOW;
import static io.millrace.service.auth.Tokens.claims;
import static io.millrace.service.auth.Tokens.raw;
import static io.millrace.service.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.TokenRejectedException.Reason;
import io.millrace.service.config.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every attack on a token gets its typed refusal (RFC 8725). */
class TokenVerifierTest {
    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");
    private static final JWSHeader HS256 = new JWSHeader(JWSAlgorithm.HS256);

    @TempDir
    static Path directory;

    private static RSAKey rsa;
    private static ECKey ec;
    private static TokenVerifier verifier;

    @BeforeAll
    static void keys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        var rsaSet = Files.writeString(directory.resolve("rsa.json"), new JWKSet(rsa.toPublicJWK()).toString());
        var ecSet = Files.writeString(directory.resolve("ec.json"), new JWKSet(ec.toPublicJWK()).toString());
        verifier = new TokenVerifier(
                new AuthConfig(
                        List.of(
                                new AuthConfig.Issuer("hs", "HS256", SECRET, null, "millrace"),
                                new AuthConfig.Issuer("rs", "RS256", null, "file:" + rsaSet, "millrace"),
                                new AuthConfig.Issuer("es", "ES256", null, "file:" + ecSet, null)),
                        Duration.ofSeconds(30)),
                CLOCK);
    }

    static Stream<Arguments> goodTokens() throws Exception {
        return Stream.of(
                Arguments.of("HS256", hs(b -> b)),
                Arguments.of("RS256", rs(rsaHeader("rsa-1"), rsa)),
                Arguments.of("RS256 without kid", rs(new JWSHeader(JWSAlgorithm.RS256), rsa)),
                Arguments.of(
                        "ES256",
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.ES256)
                                        .keyID("ec-1")
                                        .type(new JOSEObjectType("at+jwt"))
                                        .build(),
                                claims("es").audience((String) null).build(),
                                new ECDSASigner(ec))),
                Arguments.of("expired within the leeway", hs(b -> b.expirationTime(at(-29)))),
                Arguments.of("from a clock ahead within the leeway", hs(b -> b.notBeforeTime(at(29)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodTokens")
    void shouldHonourAGoodToken(String name, String token) throws Exception {
        // When
        var verified = verifier.verify(token);

        // Then
        assertThat(verified.user()).isEqualTo(new UserId("alice"));
        assertThat(verified.issuedAt()).isEqualTo(NOW.minusSeconds(10));
        assertThat(verified.tokenId()).isEqualTo("t-1");
    }

    static Stream<Arguments> attacks() throws Exception {
        var publicKeyAsSecret = new MACSigner(rsa.toRSAPublicKey().getEncoded());
        var other = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        var payload = claims("hs").build().toString();
        return Stream.of(
                Arguments.of("nothing", Reason.MISSING, ""),
                Arguments.of("no token", Reason.MALFORMED, "Bearer x"),
                Arguments.of("two parts", Reason.MALFORMED, "a.b"),
                Arguments.of("not base64", Reason.MALFORMED, "%%%.%%%.%%%"),
                Arguments.of("oversized", Reason.MALFORMED, "a".repeat(1 << 20)),
                Arguments.of("deeply nested", Reason.MALFORMED, raw("[".repeat(2900), "[".repeat(2900), "x")),
                Arguments.of("alg none", Reason.MALFORMED, raw("{\"alg\":\"none\"}", payload, "")),
                Arguments.of("alg None", Reason.UNTRUSTED, raw("{\"alg\":\"None\"}", payload, "AAAA")),
                Arguments.of("no alg", Reason.MALFORMED, raw("{}", payload, "AAAA")),
                Arguments.of("no issuer", Reason.UNTRUSTED, hs(b -> b.issuer(null))),
                Arguments.of("foreign issuer", Reason.UNTRUSTED, hs(b -> b.issuer("evil"))),
                Arguments.of("tampered", Reason.UNTRUSTED, tamper(hs(b -> b))),
                Arguments.of(
                        "other secret",
                        Reason.UNTRUSTED,
                        signed(HS256, claims("hs").build(), new MACSigner("x".repeat(32)))),
                Arguments.of(
                        "HS256 with the RSA public key as secret",
                        Reason.UNTRUSTED,
                        signed(HS256, claims("rs").build(), publicKeyAsSecret)),
                Arguments.of(
                        "HS256 of one issuer in the name of another",
                        Reason.UNTRUSTED,
                        signed(HS256, claims("es").build(), new MACSigner(SECRET.bytes()))),
                Arguments.of(
                        "HS384 where HS256 is due",
                        Reason.UNTRUSTED,
                        signed(
                                new JWSHeader(JWSAlgorithm.HS384),
                                claims("hs").build(),
                                new MACSigner("0123456789abcdef0123456789abcdef0123456789abcdef"))),
                Arguments.of("unknown kid", Reason.UNTRUSTED, rs(rsaHeader("rsa-2"), rsa)),
                Arguments.of("kid with a path", Reason.UNTRUSTED, rs(rsaHeader("../../../dev/null"), rsa)),
                Arguments.of("kid with a quote", Reason.UNTRUSTED, rs(rsaHeader("' OR 1=1 --"), rsa)),
                Arguments.of("right kid, other key", Reason.UNTRUSTED, rs(rsaHeader("rsa-1"), other)),
                Arguments.of(
                        "own key in the header",
                        Reason.UNTRUSTED,
                        rs(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .jwk(other.toPublicJWK())
                                        .build(),
                                other)),
                Arguments.of(
                        "unknown critical header",
                        Reason.UNTRUSTED,
                        rs(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID("rsa-1")
                                        .criticalParams(java.util.Set.of("exploit"))
                                        .customParam("exploit", 1)
                                        .build(),
                                rsa)),
                Arguments.of("expired", Reason.EXPIRED, hs(b -> b.expirationTime(at(-31)))),
                Arguments.of("no expiry", Reason.MALFORMED, hs(b -> b.expirationTime(null))),
                Arguments.of("not yet valid", Reason.NOT_YET_VALID, hs(b -> b.notBeforeTime(at(31)))),
                Arguments.of("issued in the future", Reason.NOT_YET_VALID, hs(b -> b.issueTime(at(31)))),
                Arguments.of("wrong audience", Reason.WRONG_AUDIENCE, hs(b -> b.audience("other"))),
                Arguments.of("no audience", Reason.WRONG_AUDIENCE, hs(b -> b.audience((String) null))),
                Arguments.of("no subject", Reason.BAD_SUBJECT, hs(b -> b.subject(null))),
                Arguments.of("empty subject", Reason.BAD_SUBJECT, hs(b -> b.subject(""))),
                Arguments.of("subject with a colon", Reason.BAD_SUBJECT, hs(b -> b.subject("a:b"))),
                Arguments.of("subject too long", Reason.BAD_SUBJECT, hs(b -> b.subject("a".repeat(63)))),
                Arguments.of("subject of another script", Reason.BAD_SUBJECT, hs(b -> b.subject("аlice"))),
                Arguments.of("subject that is no text", Reason.MALFORMED, hs(b -> b.claim("sub", List.of("alice")))),
                Arguments.of("expiry that is no number", Reason.MALFORMED, hs(b -> b.claim("exp", "soon"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void shouldRefuseWithItsReason(String name, Reason reason, String token) {
        // When
        var refusal = catchThrowableOfType(TokenRejectedException.class, () -> verifier.verify(token));

        // Then
        assertThat(refusal).as(name).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal).hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldNeverThrowAnythingElseWhenBytesAreFlipped(long seed) throws Exception {
        // Given
        var random = new Random(seed);
        var good = hs(b -> b);
        int refused = 0;

        // When
        for (int i = 0; i < 2000; i++) {
            var bytes = good.getBytes(StandardCharsets.US_ASCII);
            bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
            try {
                assertThat(verifier.verify(new String(bytes, StandardCharsets.US_ASCII))
                                .user())
                        .isEqualTo(new UserId("alice"));
            } catch (TokenRejectedException e) {
                refused++;
            }
        }

        // Then
        assertThat(refused).as("seed " + seed).isGreaterThan(1900);
    }

    @Test
    void shouldCutAnExpiryBeyondAllCalendars() throws Exception {
        // Given
        var token = hs(b -> b.claim("exp", 9_000_000_000_000L));

        // When
        var verified = verifier.verify(token);

        // Then
        assertThat(verified.expiresAt()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void shouldTreatATokenWithoutIssueTimeAsOlderThanAnyRevocation() throws Exception {
        assertThat(verifier.verify(hs(b -> b.issueTime(null))).issuedAt()).isEqualTo(Instant.EPOCH);
    }

    private static String hs(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return signed(HS256, change.apply(claims("hs")).build(), new MACSigner(SECRET.bytes()));
    }

    private static String rs(JWSHeader header, RSAKey key) throws Exception {
        return signed(header, claims("rs").build(), new RSASSASigner(key));
    }

    private static JWSHeader rsaHeader(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
    }

    private static String tamper(String token) {
        var parts = token.split("\\.");
        return raw("{\"alg\":\"HS256\"}", claims("hs").subject("bob").build().toString(), parts[2]);
    }

    private static Date at(long secondsFromNow) {
        return Date.from(NOW.plusSeconds(secondsFromNow));
    }
}
