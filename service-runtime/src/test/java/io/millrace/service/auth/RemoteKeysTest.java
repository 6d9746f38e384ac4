package io.millrace.service.auth;

import static io.millrace.service.auth.Tokens.CLOCK;
import static io.millrace.service.auth.Tokens.claims;
import static io.millrace.service.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import io.millrace.service.FreePort;
import io.millrace.service.auth.TokenRejectedException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that are fetched from their issuer's server. */
@Timeout(30)
class RemoteKeysTest {
    private final AtomicInteger fetches = new AtomicInteger();
    private ECKey key;
    private HttpServer server;
    private volatile int status = 200;
    private TokenVerifier verifier;

    @BeforeEach
    void serve() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        int port = FreePort.next();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            var body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        verifier = new TokenVerifier(
                new AuthConfig(
                        List.of(new AuthConfig.Issuer(
                                "idp", "ES256", null, "http://127.0.0.1:" + port + "/jwks", null)),
                        null),
                CLOCK);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldFetchKeysOnceForManyTokens() throws Exception {
        // When
        for (int i = 0; i < 20; i++) {
            verifier.verify(token(key));
        }

        // Then
        assertThat(fetches).hasValue(1);
    }

    @Test
    void shouldFetchAgainWhenTheIssuerRotatedItsKey() throws Exception {
        // Given
        verifier.verify(token(key));
        key = new ECKeyGenerator(Curve.P_256).keyID("k2").generate();

        // When
        var verified = verifier.verify(token(key));

        // Then
        assertThat(verified.user().value()).isEqualTo("alice");
    }

    @Test
    void shouldNotFetchForEveryUnknownKeyId() throws Exception {
        // Given
        verifier.verify(token(key));

        // When
        for (int i = 0; i < 50; i++) {
            var stranger = new ECKeyGenerator(Curve.P_256).keyID("walk-" + i).generate();
            assertThat(reason(token(stranger))).isEqualTo(Reason.UNTRUSTED);
        }

        // Then
        assertThat(fetches).hasValueLessThan(5);
    }

    @Test
    void shouldTellAnOutageOfTheKeyServerFromABadToken() throws Exception {
        // Given
        status = 500;

        // When
        var reasons = List.of(reason(token(key)), reason(token(key)), reason(token(key)), reason(token(key)));

        // Then
        assertThat(reasons).containsOnly(Reason.KEYS_UNAVAILABLE);
    }

    private Reason reason(String token) {
        return catchThrowableOfType(TokenRejectedException.class, () -> verifier.verify(token))
                .reason();
    }

    private static String token(ECKey key) throws Exception {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
        return signed(header, claims("idp").build(), new ECDSASigner(key));
    }
}
