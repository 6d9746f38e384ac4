package io.millrace.service.auth;

import io.millrace.schemas.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a good token says.
 *
 * @param user claim {@code sub}
 * @param issuedAt claim {@code iat}; the epoch where the token has none, so that any revocation of the user covers it
 * @param expiresAt claim {@code exp}
 * @param tokenId claim {@code jti}
 * @param mayActFor claim {@code may_act_for}
 */
public record VerifiedToken(
        UserId user,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable String tokenId,
        MayActFor mayActFor) {}
