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
            new CommandLimits(1000, Duration.ofSeconds(3), 4, Duration.ofMillis(900), Duration.ofSeconds(20)));
    private final List<String> answers = new ArrayList<>();

    @Test
    void shouldSayAcceptedThenPostedWhenTheBrokerIsFirst() {
        // Given
        var command = add(1, "alice", "d:alice:bob");

        // When
        command.accept();
        pending.onDecision(decision(1, 0), MS);

        // Then
        assertThat(answers).containsExactly("accepted", "decided");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void shouldLeaveAcceptedOutWhenTheDecisionIsFirst() {
        // Given
        var command = add(1, "alice", "d:alice:bob");

        // When
        pending.onDecision(decision(1, 0), MS);
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
        pending.onDecision(decision(1, 0), 1000 * MS);

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
        assertThat(pending.undecided()).isEqualTo(1);
        pending.sweep(20_000 * MS);
        assertThat(pending.undecided()).isZero();
        assertThat(pending.waiting()).isZero();
        assertThat(answers).containsExactly("accepted");
    }

    @Test
    void shouldLetOneHaveAPartOfWhatIsFree() {
        // When
        int most = Backlog.MANY / 2;
        add(0, most - 1, "alice", "g:1");

        // Then
        assertThat(pending.full("alice", "g:2")).isEmpty();
        add(most - 1, 1, "alice", "g:1");
        assertThat(pending.full("alice", "g:2")).contains("too many of your commands wait");
        assertThat(pending.full("bob", "g:1")).contains("too many commands to this conversation wait");
        assertThat(pending.full("bob", "g:2")).isEmpty();
    }

    @Test
    void shouldTakeNothingWhenAsMuchWaitsAsMay() {
        // Given
        for (int i = 0; i < 500; i++) {
            add(i, "u" + i, "g:" + i);
        }

        // Then
        assertThat(pending.full("somebody", "g:other")).contains("the edge waits for too much");
        pending.onDecision(decision(1, 0), MS);
        assertThat(pending.full("somebody", "g:other")).isEmpty();
    }

    @Test
    void shouldWaitForTheEntryWhenTheCommandCameOverASession() {
        // Given
        var command = add(1, "alice", "g:1");
        command.accept();

        // When
        pending.onDecision(decision(1, 40), MS);

        // Then
        assertThat(answers).containsExactly("accepted", "decided");
        assertThat(pending.isEmpty()).isTrue();
        assertThat(pending.waiting()).isEqualTo(2);
        pending.onEntry("g:1", 2);
        assertThat(pending.waiting()).isEqualTo(2);
        pending.onEntry("g:1", 1);
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void shouldNotWaitForAnEntryThatNobodyIsToldOf() {
        // Given
        add(1, "alice", "g:1");

        // When
        pending.onDecision(decision(1, 40), 0);
        pending.sweep(9_999 * MS);
        assertThat(pending.waiting()).isEqualTo(2);
        pending.sweep(10_000 * MS);

        // Then
        assertThat(pending.waiting()).isZero();
    }

    @Test
    void shouldCountACommandForWhatTheLastOneOfItsConversationBecame() {
        // Given
        add(1, "alice", "g:1");

        // When
        pending.onDecision(decision(1, 40), MS);

        // Then
        assertThat(pending.entriesOf("g:1")).isEqualTo(40);
        assertThat(pending.entriesOf("g:2")).isEqualTo(KnownFanOut.UNKNOWN);
    }

    @Test
    void shouldTellToWaitLongerWhenDecisionsTakeLong() {
        // Given
        long before = pending.retryAfterMs();

        // When
        for (int i = 0; i < 50; i++) {
            add(i, "u" + i, "g:" + i);
            pending.onDecision(decision(i, 0), 3000 * MS);
        }

        // Then
        assertThat(pending.retryAfterMs()).isGreaterThan(before).isLessThanOrEqualTo(10_000);
    }

    @Test
    void shouldForgetWithoutADecisionWhenTheLifeEnds() {
        // Given
        add(1, "alice", "g:1");
        add(2, "alice", "g:1");
        pending.onDecision(decision(2, 40), MS);

        // When
        pending.forgetAll();

        // Then
        assertThat(answers).containsExactly("decided", "forgotten");
        assertThat(pending.waiting()).isZero();
        assertThat(pending.onDecision(decision(1, 0), MS)).isFalse();
    }

    private void add(long number, int commands, String user, String conversation) {
        for (int i = 0; i < commands; i++) {
            add(number + i, user, conversation);
        }
    }

    private PendingCommand add(long number, String user, String conversation) {
        var command = new PendingCommand(number, user, conversation, 2, true, 0, new AnswerSink() {
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

    private static Decision decision(long number, int entries) {
        return Decision.newBuilder()
                .setCommand(number)
                .setConversation("g:1")
                .setCode(DecisionCode.POSTED)
                .setVersion(1L)
                .setAt(Instant.EPOCH)
                .setEntries(entries)
                .build();
    }
}
