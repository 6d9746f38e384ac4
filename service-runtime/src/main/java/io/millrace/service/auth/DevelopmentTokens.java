package io.millrace.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.schemas.id.UserId;
import io.millrace.service.config.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;

/** Issues tokens for whoever asks: for development on loopback only. Thread-safe. */
@SuppressWarnings("JavaUtilDate") // the JWT library speaks java.util.Date
public final class DevelopmentTokens {
    /** Claim {@code iss} of development tokens. */
    public static final String ISSUER = "millrace-dev";

    private final MACSigner signer;
    private final Clock clock;
    private final Duration life;

    public DevelopmentTokens(Secret secret, Clock clock, Duration life) {
        try {
            this.signer = new MACSigner(secret.bytes());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the development secret has at least 32 bytes", e);
        }
        this.clock = clock;
        this.life = life;
    }

    /** The issuer to add to {@link AuthConfig} so that these tokens are honoured. */
    public static AuthConfig.Issuer issuer(Secret secret) {
        return new AuthConfig.Issuer(ISSUER, "HS256", secret, null, null);
    }

    /** A signed token of that user. */
    public String issue(UserId user) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(user.value())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("a HMAC of claims always succeeds", e);
        }
        return token.serialize();
    }
}
