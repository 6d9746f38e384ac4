package io.millrace.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.TokenRejectedException.Reason;
import io.millrace.service.config.ConfigException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks signed JWTs (RFC 7519). A token is checked with the keys and the one algorithm of its issuer, so neither
 * {@code none} nor a public key used as a secret is ever tried. Thread-safe; may fetch a JWK set, so it is called off
 * I/O threads.
 */
@SuppressWarnings("JavaUtilDate") // the JWT library speaks java.util.Date
public final class TokenVerifier {
    private static final int MAX_CHARACTERS = 8192;

    private final Map<String, IssuerKeys> issuers = new HashMap<>();
    private final AuthConfig config;
    private final Clock clock;

    public TokenVerifier(AuthConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        for (var issuer : config.issuers()) {
            if (issuers.put(issuer.name(), new IssuerKeys(issuer, processor(issuer))) != null) {
                throw new ConfigException("issuer " + issuer.name() + " stands twice");
            }
        }
    }

    /** @throws TokenRejectedException with the reason; the token's text is never repeated */
    public VerifiedToken verify(String token) throws TokenRejectedException {
        if (token.isEmpty()) {
            throw new TokenRejectedException(Reason.MISSING);
        }
        if (token.length() > MAX_CHARACTERS) {
            throw new TokenRejectedException(Reason.MALFORMED);
        }
        try {
            var parsed = SignedJWT.parse(token);
            var issuer = issuers.get(String.valueOf(parsed.getJWTClaimsSet().getIssuer()));
            if (issuer == null) {
                throw new TokenRejectedException(Reason.UNTRUSTED);
            }
            return check(issuer.settings, issuer.processor.process(parsed, null));
        } catch (ParseException e) {
            throw new TokenRejectedException(Reason.MALFORMED);
        } catch (KeySourceException e) {
            throw new TokenRejectedException(Reason.KEYS_UNAVAILABLE);
        } catch (BadJOSEException | JOSEException e) {
            throw new TokenRejectedException(Reason.UNTRUSTED);
        }
    }

    private VerifiedToken check(AuthConfig.Issuer issuer, JWTClaimsSet claims) throws TokenRejectedException {
        var now = clock.instant();
        var expires = instant(claims.getExpirationTime());
        if (expires == null) {
            throw new TokenRejectedException(Reason.MALFORMED);
        }
        if (!now.isBefore(expires.plus(config.clockLeeway()))) {
            throw new TokenRejectedException(Reason.EXPIRED);
        }
        var notBefore = instant(claims.getNotBeforeTime());
        if (notBefore != null && now.isBefore(notBefore.minus(config.clockLeeway()))) {
            throw new TokenRejectedException(Reason.NOT_YET_VALID);
        }
        if (issuer.audience() != null && !claims.getAudience().contains(issuer.audience())) {
            throw new TokenRejectedException(Reason.WRONG_AUDIENCE);
        }
        try {
            var issued = instant(claims.getIssueTime());
            return new VerifiedToken(
                    new UserId(claims.getSubject() == null ? "" : claims.getSubject()),
                    issued == null ? Instant.EPOCH : issued,
                    expires,
                    claims.getJWTID());
        } catch (InvalidIdException e) {
            throw new TokenRejectedException(Reason.BAD_SUBJECT);
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : Instant.ofEpochMilli(date.getTime());
    }

    private static DefaultJWTProcessor<SecurityContext> processor(AuthConfig.Issuer issuer) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.parse(issuer.algorithm()), keys(issuer)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // claims are checked above, with typed reasons
        return processor;
    }

    private static JWKSource<SecurityContext> keys(AuthConfig.Issuer issuer) {
        var secret = issuer.secret();
        var jwks = issuer.jwks();
        if (secret != null) {
            return new ImmutableSecret<>(secret.bytes());
        }
        if (jwks == null) {
            throw new ConfigException("issuer " + issuer.name() + " has neither secret nor jwks");
        }
        try {
            if (jwks.startsWith("file:")) {
                return new ImmutableJWKSet<>(JWKSet.load(new File(jwks.substring("file:".length()))));
            }
            return JWKSourceBuilder.create(URI.create(jwks).toURL())
                    .retrying(true)
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new ConfigException("issuer " + issuer.name() + ": jwks is no URL", e);
        } catch (IOException | ParseException e) {
            throw new ConfigException("issuer " + issuer.name() + ": the JWK set cannot be read", e);
        }
    }

    private record IssuerKeys(AuthConfig.Issuer settings, DefaultJWTProcessor<SecurityContext> processor) {}
}
