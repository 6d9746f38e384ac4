package io.millrace.edge.auth;

import io.millrace.service.auth.MayActFor;
import io.millrace.service.auth.TokenRejectedException;
import io.millrace.service.auth.TokenVerifier;
import io.millrace.service.auth.VerifiedToken;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Checks tokens on a few threads of its own: a check may fetch keys over the network, and no I/O thread may wait. A
 * storm of reconnects beyond the bounded queue is turned away. Thread-safe.
 */
public final class Authenticator implements AutoCloseable {
    private static final int WAITING = 20_000;

    private final TokenVerifier verifier;
    private final Predicate<VerifiedToken> revoked;
    private final ThreadPoolExecutor threads;

    /** @param revoked whether a good token is no longer honoured; must not block */
    public Authenticator(TokenVerifier verifier, Predicate<VerifiedToken> revoked) {
        this.verifier = verifier;
        this.revoked = revoked;
        var number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), task -> {
            var thread = new Thread(task, "auth-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Told once, on a thread of the authenticator, or on the caller's when it is {@code onBusy}; not at all if it is no
     * longer wanted when its turn comes.
     */
    public interface Outcome {
        /**
         * Whether anybody still waits. In a storm those who wait longer than they are waited for must not take the time
         * of those who come after them: otherwise nobody is ever in time.
         */
        default boolean isWanted() {
            return true;
        }

        void onVerified(VerifiedToken token);

        void onRejected(TokenRejectedException.Reason reason);

        /** Too many checks wait. */
        void onBusy();
    }

    public void check(String token, Outcome outcome) {
        try {
            threads.execute(() -> {
                if (!outcome.isWanted()) {
                    return;
                }
                try {
                    outcome.onVerified(verify(token));
                } catch (TokenRejectedException e) {
                    outcome.onRejected(e.reason());
                }
            });
        } catch (RejectedExecutionException e) {
            outcome.onBusy();
        }
    }

    /** Whether a token that was good is no longer honoured. */
    public boolean isRevoked(VerifiedToken token) {
        return revoked.test(token);
    }

    /** Whether it is a token of a service: one that may speak for others. */
    public static boolean isService(VerifiedToken token) {
        return !token.mayActFor().equals(MayActFor.NOBODY);
    }

    private VerifiedToken verify(String token) throws TokenRejectedException {
        var verified = verifier.verify(token);
        if (revoked.test(verified)) {
            throw new TokenRejectedException(TokenRejectedException.Reason.REVOKED);
        }
        return verified;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
