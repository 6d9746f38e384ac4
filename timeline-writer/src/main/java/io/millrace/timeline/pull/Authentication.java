package io.millrace.timeline.pull;

import io.millrace.service.auth.Revocations;
import io.millrace.service.auth.TokenRejectedException;
import io.millrace.service.auth.TokenVerifier;
import org.jspecify.annotations.Nullable;

/** Finds out who asks. Only from the token: nothing else of a request names a user. Thread-safe; called off I/O threads. */
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
     * @throws ProblemException 401, the same for every reason; 503 while revocations or keys are not known
     */
    String user(@Nullable String header) {
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
            return token.user().value();
        } catch (TokenRejectedException e) {
            throw new ProblemException(
                    e.reason() == TokenRejectedException.Reason.KEYS_UNAVAILABLE
                            ? Problem.unavailable()
                            : Problem.unauthorized());
        }
    }
}
