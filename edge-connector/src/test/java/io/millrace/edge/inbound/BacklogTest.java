package io.millrace.edge.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Load beyond what the router decides, on a clock that the test moves: how much waits, and who. */
class BacklogTest {
    private static final long MS = 1_000_000;
    private static final long STEP_MS = 100;
    private static final Duration AT_MOST = Duration.ofSeconds(3);

    private final PendingCommands pending =
            new PendingCommands(new CommandLimits(20_000, AT_MOST, 10, Duration.ofMinutes(1), Duration.ofHours(1)));
    private final Deque<Long> undecided = new ArrayDeque<>();
    private long nowMs;
    private long number;
    private int refused;

    @Test
    void shouldLetNoMoreWaitThanIsDecidedInTimeWhenTheRouterIsSlow() {
        // When
        run(Duration.ofSeconds(20), 500, 100);

        // Then
        assertThat(pending.undecided()).isBetween(Backlog.FEW / 2 - 50, Backlog.FEW / 2 + 50);
        assertThat(refused).isGreaterThan(7000);
    }

    @Test
    void shouldTakeEverythingWhenTheRouterKeepsUp() {
        // When
        run(Duration.ofSeconds(20), 3000, 3000);

        // Then
        assertThat(refused).isZero();
    }

    @Test
    void shouldTakeMoreWhenTheRouterGetsFaster() {
        // Given
        run(Duration.ofSeconds(20), 500, 100);

        // When
        run(Duration.ofSeconds(20), 3000, 2000);

        // Then
        assertThat(pending.undecided()).isBetween(5000, 6500);
    }

    @Test
    void shouldTakeCommandsAsBeforeWhenTheRouterIsAway() {
        // When
        run(Duration.ofSeconds(9), 1000, 0);

        // Then
        assertThat(refused).isZero();
        assertThat(pending.undecided()).isEqualTo(9000);
    }

    @Test
    void shouldLeaveRoomToOthersWhenOneConversationAsksForMore() {
        // Given
        run(Duration.ofSeconds(20), 500, 100);
        long deadline = nowMs + 10_000;

        // When
        while (nowMs < deadline) {
            step(0, 10);
            for (int i = 0; i < 100; i++) {
                offer("greedy-" + i, "g:greedy");
            }
        }

        // Then
        assertThat(pending.full("somebody", "g:other")).isEmpty();
        assertThat(pending.full("somebody", "g:greedy")).isPresent();
    }

    @Test
    void shouldLetOneUserHaveLittleBeforeAnythingWasSeen() {
        // When
        for (int i = 0; i < 1000; i++) {
            offer("alice", "g:1");
        }

        // Then
        assertThat(pending.waiting()).isEqualTo(Backlog.MANY);
        assertThat(pending.full("bob", "g:2")).isEmpty();
    }

    @Test
    void shouldAlwaysLetOneUserHaveAFew() {
        // Given
        run(Duration.ofSeconds(20), 500, 100);
        run(Duration.ofSeconds(20), 0, 100);

        // When
        for (int i = 0; i < 24; i++) {
            offer("alice", "g:1");
        }

        // Then
        assertThat(pending.full("alice", "g:1")).isEmpty();
    }

    private void run(Duration time, int offeredPerSecond, int decidedPerSecond) {
        for (long end = nowMs + time.toMillis(); nowMs < end; ) {
            step((int) (offeredPerSecond * STEP_MS / 1000), (int) (decidedPerSecond * STEP_MS / 1000));
        }
    }

    private void step(int offered, int decided) {
        for (int i = 0; i < offered; i++) {
            offer("u" + number, "g:" + number);
        }
        for (int i = 0; i < decided && !undecided.isEmpty(); i++) {
            pending.onDecision(decision(undecided.removeFirst()), nowMs * MS);
        }
        nowMs += STEP_MS;
        pending.sweep(nowMs * MS);
    }

    private void offer(String user, String conversation) {
        if (pending.full(user, conversation).isPresent()) {
            refused++;
            return;
        }
        var command = new PendingCommand(
                number++, user, conversation, pending.entriesOf(conversation), false, nowMs * MS, new Silent());
        pending.add(command);
        command.accept();
        undecided.addLast(command.number());
    }

    private static Decision decision(long number) {
        return Decision.newBuilder()
                .setCommand(number)
                .setConversation("g:1")
                .setCode(DecisionCode.POSTED)
                .setAt(Instant.EPOCH)
                .build();
    }

    /** Whoever asked does not matter here. */
    private static final class Silent implements AnswerSink {
        @Override
        public void onAccepted() {}

        @Override
        public void onDecision(Decision decision) {}

        @Override
        public void onRefused(ErrorCode code, String message, long retryAfterMs) {}

        @Override
        public void onForgotten() {}
    }
}
