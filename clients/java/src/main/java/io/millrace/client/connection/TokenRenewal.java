package io.millrace.client.connection;

import io.millrace.client.loop.Failures;
import io.millrace.client.loop.Loop;
import io.millrace.client.loop.Loop.Timer;
import io.millrace.client.loop.ServerClock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the next token when four fifths of the present one's time are over, for as long as a session is open. */
final class TokenRenewal {
    private static final Logger LOGGER = LoggerFactory.getLogger(TokenRenewal.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(3);

    private final Loop loop;
    private final ServerClock clock;
    private final TokenSource tokens;
    private final Consumer<String> writer;
    private Timer due = Timer.NONE;
    private int round;

    /** @param writer gives the new token to the session */
    TokenRenewal(Loop loop, ServerClock clock, TokenSource tokens, Consumer<String> writer) {
        this.loop = loop;
        this.clock = clock;
        this.tokens = tokens;
        this.writer = writer;
    }

    /** The server told until when the present token is good, epoch milliseconds. */
    void onExpiry(long atMs) {
        stop();
        tokens.onExpiry(atMs);
        long leftMs = Math.max(0, atMs - clock.nowMs());
        schedule(Duration.ofMillis(Math.max(1000, leftMs / 5 * 4)));
    }

    /** A token that is on its way is of no use any more. */
    void stop() {
        due.cancel();
        round++;
    }

    private void schedule(Duration delay) {
        int number = round;
        due = loop.after(
                delay, () -> loop.await(tokens.renew(), (token, failure) -> onRenewed(number, token, failure)));
    }

    private void onRenewed(int number, @Nullable String token, @Nullable Throwable failure) {
        if (number != round) {
            return;
        }
        if (token == null) {
            LOGGER.atWarn().addKeyValue("error", Failures.reason(failure)).log("token renewal failed");
            schedule(AFTER_FAILURE);
        } else {
            writer.accept(token);
        }
    }
}
