package io.millrace.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokenSourceTest {
    private final List<Runnable> waiting = new ArrayList<>();
    private int asked;
    private boolean fails;
    private long nowMs = 1_000_000;
    private final TokenSource tokens = new TokenSource(this::supply, waiting::add, () -> nowMs);

    @Test
    void shouldAskOnceForEverybodyWhoWaits() {
        // When
        var one = tokens.current();
        var other = tokens.current();
        answer();

        // Then
        assertThat(one.join()).isEqualTo("token-1");
        assertThat(other.join()).isEqualTo("token-1");
    }

    @Test
    void shouldKeepATokenUntilItIsAboutToExpire() {
        // Given
        tokens.current();
        answer();
        tokens.onExpiry(nowMs + 60_000);

        // When
        nowMs += 44_000;
        String before = tokens.current().join();
        nowMs += 2_000;
        var after = tokens.current();
        answer();

        // Then
        assertThat(before).isEqualTo("token-1");
        assertThat(after.join()).isEqualTo("token-2");
    }

    @Test
    void shouldAskAgainWhenTheTokenWasRefused() {
        // Given
        tokens.current();
        answer();

        // When
        tokens.onRefused();
        var next = tokens.current();
        answer();

        // Then
        assertThat(next.join()).isEqualTo("token-2");
    }

    @Test
    void shouldAskAgainWhenTheSupplierFailed() {
        // Given
        fails = true;
        var failed = tokens.current();
        answer();
        assertThatThrownBy(failed::join).hasCauseInstanceOf(IllegalStateException.class);

        // When
        fails = false;
        var next = tokens.current();
        answer();

        // Then
        assertThat(next.join()).isEqualTo("token-2");
    }

    private String supply() {
        asked++;
        if (fails) {
            throw new IllegalStateException("no token today");
        }
        return "token-" + asked;
    }

    private void answer() {
        var due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
    }
}
