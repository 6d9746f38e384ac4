package io.millrace.timeline.pull;

import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.Revocations;
import io.millrace.service.auth.TokenRejectedException;
import io.millrace.service.auth.TokenVerifier;
import io.millrace.service.auth.VerifiedToken;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks: the token's user, or one for whom the token says that it may speak. Thread-safe; called off I/O
 * threads.
 */
public final class Authentication {
    private static final String BEARER = "Bearer ";

    private final TokenVerifier verifier;
    private final Revocations revocations;

    public Authentication(TokenVerifier verifier, Revocations revocations) {
        this.verifier = verifier;
        this.revocations = revocations;
    }

    /**
     * The user of a request.
     *
     * @param header value of {@code Authorization}
     * @param as in whose name it is, if not in that of the token's user
     * @throws ProblemException 401, the same for every reason; 503 while revocations or keys are not known; 400 or 403
     *     for a name that is none or that the token does not cover
     */
    String user(@Nullable String header, @Nullable String as) {
        if (!revocations.isReady()) {
            throw new ProblemException(Problem.unavailable());
        }
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ProblemException(Problem.unauthorized());
        }
        try {
            var token = verifier.verify(header.substring(BEARER.length()).strip());
            if (revocations.isRevoked(token)) {
                throw new ProblemException(Problem.unauthorized());
            }
            return speaker(token, as).value();
        } catch (TokenRejectedException e) {
            throw new ProblemException(
                    e.reason() == TokenRejectedException.Reason.KEYS_UNAVAILABLE
                            ? Problem.unavailable()
                            : Problem.unauthorized());
        }
    }

    static UserId speaker(VerifiedToken token, @Nullable String as) {
        if (as == null) {
            return token.user();
        }
        try {
            var user = new UserId(as);
            if (token.mayActFor().covers(user)) {
                return user;
            }
        } catch (InvalidIdException e) {
            throw new ProblemException(Problem.invalid("as is a user id"));
        }
        throw new ProblemException(Problem.forbidden());
    }
}
