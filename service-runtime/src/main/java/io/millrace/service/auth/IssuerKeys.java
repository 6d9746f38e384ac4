package io.millrace.service.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.millrace.service.config.ConfigException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;

/** One issuer with its keys, bound to its one algorithm. Thread-safe. */
final class IssuerKeys {
    private static final int TIMEOUT_MS = 2000;
    private static final int MAX_KEY_SET_BYTES = 256 * 1024;
    private static final long OUTAGE_MS = 4 * 60 * 60 * 1000L;
    /** A key that its issuer has taken away is honoured for so long at most, while the issuer answers. */
    private static final long KEPT_MS = 30_000;

    private static final long FETCH_AHEAD_MS = 10_000;
    private static final long BETWEEN_FETCHES_MS = 10_000;

    final AuthConfig.Issuer settings;
    final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private volatile boolean keysKnown;

    IssuerKeys(AuthConfig.Issuer settings) {
        this.settings = settings;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)); // RFC 9068, section 2.1
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.parse(settings.algorithm()), keys(settings)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // TokenVerifier checks them, with typed reasons
    }

    /** Whether keys are at hand, so that a key that is not among them is unknown and not merely unfetched. */
    boolean keysKnown() {
        return keysKnown;
    }

    private JWKSource<SecurityContext> keys(AuthConfig.Issuer issuer) {
        var secret = issuer.secret();
        var jwks = issuer.jwks();
        if (secret != null) {
            keysKnown = true;
            return new ImmutableSecret<>(secret.bytes());
        }
        if (jwks == null) {
            throw new ConfigException("issuer " + issuer.name() + " has neither secret nor jwks");
        }
        try {
            if (jwks.startsWith("file:")) {
                var fixed = JWKSet.load(new File(jwks.substring("file:".length())));
                keysKnown = true;
                return new ImmutableJWKSet<>(fixed);
            }
            // Keys are kept for some hours while their server is away; an unknown kid refetches at most twice in 10 s.
            return JWKSourceBuilder.create(
                            URI.create(jwks).toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_KEY_SET_BYTES))
                    .cache(KEPT_MS, 2L * TIMEOUT_MS)
                    .refreshAheadCache(FETCH_AHEAD_MS, false)
                    .rateLimited(BETWEEN_FETCHES_MS)
                    .retrying(true)
                    .outageTolerant(OUTAGE_MS)
                    .healthReporting(report -> keysKnown = report.getHealthStatus() == HealthStatus.HEALTHY)
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new ConfigException("issuer " + issuer.name() + ": jwks is no URL", e);
        } catch (IOException | ParseException e) {
            throw new ConfigException("issuer " + issuer.name() + ": the JWK set cannot be read", e);
        }
    }
}
