package io.millrace.service.auth;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are honoured.
 *
 * @param issuers each with its own keys; a token is checked with the keys of its {@code iss} alone
 * @param clockLeeway how far clocks may differ; default 30 s, at most 60 s
 */
public record AuthConfig(List<Issuer> issuers, Duration clockLeeway) {
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
                if (secret == null || secret.bytes().length < 32) {
                    throw new ConfigException("issuer " + name + ": HS256 needs a secret of at least 32 bytes");
                }
            } else if ("RS256".equals(algorithm) || "ES256".equals(algorithm)) {
                if (jwks == null) {
                    throw new ConfigException("issuer " + name + ": " + algorithm + " needs jwks");
                }
            } else {
                throw new ConfigException("issuer " + name + ": algorithm is HS256, RS256 or ES256");
            }
        }
    }
}
