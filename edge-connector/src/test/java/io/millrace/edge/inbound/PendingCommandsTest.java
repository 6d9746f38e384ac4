package io.millrace.edge.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {
    private static final long MS = 1_000_000;

    private final PendingCommands pending = new PendingCommands(
            new CommandLimits(4, 2, 3, Duration.ofSeconds(3), Duration.ofMillis(900), Duration.ofSeconds(10)));
    private final List<String> answers = new ArrayList<>();

    @Test
    void shouldSayAcceptedThenPostedWhenTheBrokerIsFirst() {
        // Given
        var command = add(1, "alice", "d:alice:bob");

        // When
        command.accept();
        pending.onDecision(decision(1), MS);

        // Then
        assertThat(answers).containsExactly("accepted", "decided");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void shouldLeaveAcceptedOutWhenTheDecisionIsFirst() {
        // Given
        var command = add(1, "alice", "d:alice:bob");

        // When
        pending.onDecision(decision(1), MS);
        command.accept();

        // Then
        assertThat(answers).containsExactly("decided");
    }

    @Test
    void shouldAnswerUnavailableOnceWhenTheBrokerDoesNotAcknowledgeInTime() {
        // Given
        var command = add(1, "alice", "d:alice:bob");

        // When
        pending.sweep(899 * MS);
        assertThat(answers).isEmpty();
        pending.sweep(900 * MS);
        command.accept();
        pending.onDecision(decision(1), 1000 * MS);

        // Then
        assertThat(answers).containsExactly("unavailable");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void shouldGoOnWaitingWhenACommandIsAcceptedButUndecided() {
        // Given
        add(1, "alice", "d:alice:bob").accept();

        // When
        pending.sweep(5000 * MS);

        // Then
        assertThat(pending.size()).isEqualTo(1);
        pending.sweep(10_000 * MS);
        assertThat(pending.size()).isZero();
        assertThat(answers).containsExactly("accepted");
    }

    @Test
    void shouldBeFullPerUserPerConversationAndInAll() {
        // Given
        add(1, "alice", "g:1");
        add(2, "alice", "g:1");

        // Then
        assertThat(pending.full("alice", "g:2")).isPresent();
        assertThat(pending.full("bob", "g:1")).isEmpty();
        add(3, "bob", "g:1");
        assertThat(pending.full("carol", "g:1")).isPresent();
        add(4, "carol", "g:2");
        assertThat(pending.full("dave", "g:3")).isPresent();
        pending.onDecision(decision(1), MS);
        assertThat(pending.full("dave", "g:3")).isEmpty();
        assertThat(pending.full("alice", "g:1")).isEmpty();
    }

    @Test
    void shouldTellToWaitLongerWhenDecisionsTakeLong() {
        // Given
        long before = pending.retryAfterMs();

        // When
        for (int i = 0; i < 50; i++) {
            add(i, "u" + i, "g:" + i);
            pending.onDecision(decision(i), 3000 * MS);
        }

        // Then
        assertThat(pending.retryAfterMs()).isGreaterThan(before).isLessThanOrEqualTo(10_000);
    }

    @Test
    void shouldForgetWithoutADecisionWhenTheLifeEnds() {
        // Given
        add(1, "alice", "g:1");

        // When
        pending.forgetAll();

        // Then
        assertThat(answers).containsExactly("forgotten");
        assertThat(pending.onDecision(decision(1), MS)).isFalse();
    }

    private PendingCommand add(long number, String user, String conversation) {
        var command = new PendingCommand(number, user, conversation, 0, new AnswerSink() {
            @Override
            public void onAccepted() {
                answers.add("accepted");
            }

            @Override
            public void onDecision(Decision decision) {
                answers.add("decided");
            }

            @Override
            public void onRefused(ErrorCode code, String message, long retryAfterMs) {
                answers.add(code.wire());
            }

            @Override
            public void onForgotten() {
                answers.add("forgotten");
            }
        });
        pending.add(command);
        return command;
    }

    private static Decision decision(long number) {
        return new Decision(
                null, number, "c", "g:1", DecisionCode.POSTED, null, 1L, 1L, "m", Instant.EPOCH, false, false, false);
    }
}
