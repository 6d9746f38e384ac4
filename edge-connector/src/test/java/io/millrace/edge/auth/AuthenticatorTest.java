package io.millrace.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.AuthConfig;
import io.millrace.service.auth.DevelopmentTokens;
import io.millrace.service.auth.TokenRejectedException.Reason;
import io.millrace.service.auth.TokenVerifier;
import io.millrace.service.auth.VerifiedToken;
import io.millrace.service.config.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuthenticatorTest {
    private static final Secret SECRET = new Secret("a secret for tests that has more than 32 bytes");

    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicInteger verified = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();

    @Test
    void shouldAnswerEveryoneAndBoundThoseWhoWaitWhenTokensFlood() {
        // Given: checks that take their time
        var verifier = new TokenVerifier(
                new AuthConfig(List.of(DevelopmentTokens.issuer(SECRET)), Duration.ofSeconds(1)), Clock.systemUTC());
        var good = new DevelopmentTokens(SECRET, Clock.systemUTC(), Duration.ofHours(1)).issue(new UserId("alice"));
        try (var authenticator = new Authenticator(verifier, token -> waited())) {
            // When
            for (int i = 0; i < 30_000; i++) {
                authenticator.check(i < 2 ? good : "nonsense", new Counting());
            }

            // Then: two are looked at, 20000 wait, the others know at once
            assertThat(busy).hasValue(9_998);
            slow.countDown();
            await().until(() -> verified.get() + rejected.get() + busy.get() == 30_000);
            assertThat(verified).hasValue(2);
        }
    }

    @Test
    void shouldLookAtNoTokenThatNobodyWaitsForAnyMore() {
        // Given: both threads are busy and one more waits for them
        var looked = new AtomicInteger();
        var verifier = new TokenVerifier(
                new AuthConfig(List.of(DevelopmentTokens.issuer(SECRET)), Duration.ofSeconds(1)), Clock.systemUTC());
        var good = new DevelopmentTokens(SECRET, Clock.systemUTC(), Duration.ofHours(1)).issue(new UserId("alice"));
        try (var authenticator = new Authenticator(verifier, token -> {
            looked.incrementAndGet();
            return waited();
        })) {
            authenticator.check(good, new Counting());
            authenticator.check(good, new Counting());
            authenticator.check(good, new Gone());

            // When
            slow.countDown();
            authenticator.check(good, new Counting());

            // Then
            await().until(() -> verified.get() == 3);
            assertThat(looked).hasValue(3);
        }
    }

    private boolean waited() {
        try {
            slow.await();
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its connection ended while it waited. */
    private static final class Gone implements Authenticator.Outcome {
        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public void onVerified(VerifiedToken token) {
            throw new IllegalStateException("nobody waits");
        }

        @Override
        public void onRejected(Reason reason) {
            throw new IllegalStateException("nobody waits");
        }

        @Override
        public void onBusy() {
            throw new IllegalStateException("nobody waits");
        }
    }

    private final class Counting implements Authenticator.Outcome {
        @Override
        public void onVerified(VerifiedToken token) {
            verified.incrementAndGet();
        }

        @Override
        public void onRejected(Reason reason) {
            rejected.incrementAndGet();
        }

        @Override
        public void onBusy() {
            busy.incrementAndGet();
        }
    }
}
