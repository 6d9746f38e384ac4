package io.millrace.service.auth;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are honoured.
 *
 * @param issuers each with its own keys; a token is checked with the keys of its {@code iss} alone
 * @param clockLeeway how far clocks may differ; default 30 s, at most 60 s
 */
public record AuthConfig(List<Issuer> issuers, Duration clockLeeway) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public AuthConfig {
        issuers = issuers == null ? List.of() : List.copyOf(issuers);
        clockLeeway = clockLeeway == null ? Duration.ofSeconds(30) : clockLeeway;
        if (clockLeeway.isNegative() || clockLeeway.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new ConfigException("auth.clockLeeway is between 0s and 60s");
        }
    }

    /**
     * One issuer, bound to one algorithm.
     *
     * @param name claim {@code iss}
     * @param algorithm {@code HS256} (with {@code secret}), {@code RS256} or {@code ES256} (with {@code jwks})
     * @param secret shared secret of at least 32 bytes
     * @param jwks URL (https, or http on loopback) or {@code file:} path of a JWK set
     * @param audience claim {@code aud} that is required; null: not checked
     */
    public record Issuer(
            String name,
            String algorithm,
            @Nullable Secret secret,
            @Nullable String jwks,
            @Nullable String audience) {
        public Issuer {
            if (name == null || name.isBlank()) {
                throw new ConfigException("auth.issuers[].name is required");
            }
            if ("HS256".equals(algorithm)) {
                if (secret == null || secret.bytes().length < 32 || jwks != null) {
                    throw new ConfigException(
                            "issuer " + name + ": HS256 needs a secret of at least 32 bytes and no jwks");
                }
            } else if ("RS256".equals(algorithm) || "ES256".equals(algorithm)) {
                if (jwks == null || secret != null) {
                    throw new ConfigException("issuer " + name + ": " + algorithm + " needs jwks and no secret");
                }
                if (!jwks.startsWith("file:") && !isSafe(jwks)) {
                    throw new ConfigException(
                            "issuer " + name + ": jwks is file:, https:, or http: on a loopback address");
                }
            } else {
                throw new ConfigException("issuer " + name + ": algorithm is HS256, RS256 or ES256");
            }
        }

        /** Keys that came in the clear over a network would be anybody's keys. */
        private static boolean isSafe(String url) {
            try {
                var uri = new URI(url);
                var host = uri.getHost();
                return host != null
                        && ("https".equals(uri.getScheme())
                                || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
