package io.millrace.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.TokenRejectedException.Reason;
import io.millrace.service.config.ConfigException;
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
    /** Year 9999: later instants are cut, so that arithmetic with them does not overflow. */
    private static final long FAR_MS = 253_402_300_799_000L;

    private final Map<String, IssuerKeys> issuers = new HashMap<>();
    private final AuthConfig config;
    private final Clock clock;

    public TokenVerifier(AuthConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        for (var issuer : config.issuers()) {
            if (issuers.put(issuer.name(), new IssuerKeys(issuer)) != null) {
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
            return check(issuer.settings, checkSignature(issuer, parsed));
        } catch (ParseException e) {
            throw new TokenRejectedException(Reason.MALFORMED);
        }
    }

    private static JWTClaimsSet checkSignature(IssuerKeys issuer, SignedJWT token) throws TokenRejectedException {
        try {
            return issuer.processor.process(token, null);
        } catch (KeySourceException e) {
            // A rate limit while keys are at hand: somebody walks through key ids.
            boolean unknownKey = e instanceof RateLimitReachedException && issuer.keysKnown();
            throw new TokenRejectedException(unknownKey ? Reason.UNTRUSTED : Reason.KEYS_UNAVAILABLE);
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
        var issued = instant(claims.getIssueTime());
        if (issued != null && now.isBefore(issued.minus(config.clockLeeway()))) {
            throw new TokenRejectedException(Reason.NOT_YET_VALID); // it would outlive a revocation of its user
        }
        if (issuer.audience() != null && !claims.getAudience().contains(issuer.audience())) {
            throw new TokenRejectedException(Reason.WRONG_AUDIENCE);
        }
        var mayActFor = mayActFor(claims);
        try {
            return new VerifiedToken(
                    new UserId(claims.getSubject() == null ? "" : claims.getSubject()),
                    issued == null ? Instant.EPOCH : issued,
                    expires,
                    claims.getJWTID(),
                    mayActFor);
        } catch (InvalidIdException e) {
            throw new TokenRejectedException(Reason.BAD_SUBJECT);
        }
    }

    private static MayActFor mayActFor(JWTClaimsSet claims) throws TokenRejectedException {
        try {
            return MayActFor.of(claims.getClaim(MayActFor.CLAIM));
        } catch (IllegalArgumentException e) {
            throw new TokenRejectedException(Reason.MALFORMED);
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : Instant.ofEpochMilli(Math.min(date.getTime(), FAR_MS));
    }
}
