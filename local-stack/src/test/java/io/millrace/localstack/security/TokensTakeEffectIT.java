package io.millrace.localstack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of an issuer that come and go, and tokens that are revoked, while edge and timeline service run. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class TokensTakeEffectIT {
    /** A key that was taken away is kept for 30 s; a slow machine is given more. */
    private static final Duration OLD_KEY_GONE = Duration.ofSeconds(45);

    private static SecuredStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = SecuredStack.running();
    }

    @Test
    void shouldHonourANewKeyAtOnceAndTheOldOneNoLongerWhenAnIssuerRotates() throws Exception {
        // Given
        var user = user();
        stack.keys.serve("first");
        awaitHonoured(stack.keys.token("first", user));

        // When
        stack.keys.serve("first", "second");
        var withNew = stack.keys.token("second", user);

        // Then
        awaitHonoured(withNew);

        // When
        stack.keys.serve("second");
        var withOld = stack.keys.token("first", user);

        // Then
        await().atMost(OLD_KEY_GONE).until(() -> push(withOld) == 401 && pull(withOld) == 401);
        try (var session = new RawSession(stack.edge(), withOld)) {
            assertThat(session.isWelcomed()).isFalse();
            assertThat(session.closeCode()).isEqualTo(4401);
        }
        assertThat(push(withNew)).isEqualTo(400);
    }

    @Test
    void shouldCloseTheSessionAndRefuseCallsWithinSecondsWhenAUserIsRevoked() throws Exception {
        // Given
        stack.keys.serve("first", "second");
        var user = user();
        var other = user();
        var token = stack.keys.token("second", user);
        awaitHonoured(token);
        try (var session = new RawSession(stack.edge(), token);
                var untouched = new RawSession(stack.edge(), stack.keys.token("second", other))) {
            assertThat(session.isWelcomed()).isTrue();
            assertThat(untouched.isWelcomed()).isTrue();

            // When
            stack.revoke("user:" + user);

            // Then
            assertThat(session.closeCode()).isEqualTo(4401);
            await().atMost(Duration.ofSeconds(5)).until(() -> push(token) == 401 && pull(token) == 401);
            assertThat(untouched.isOpen()).isTrue();
        }
    }

    /** At once, but for a slow machine and for keys that were just fetched twice. */
    private static void awaitHonoured(String token) {
        await().atMost(Duration.ofSeconds(15)).until(() -> push(token) == 400 && pull(token) == 200);
    }

    /** 400: the edge has honoured the token and looked at the call. */
    private static int push(String token) throws Exception {
        return RawSession.status(stack.edge(), "POST", "/v1/messages", token);
    }

    private static int pull(String token) throws Exception {
        return RawSession.status(stack.edge(), "GET", "/v1/conversations", token);
    }

    private static String user() {
        return "user-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
