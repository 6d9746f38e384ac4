package io.millrace.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.protocol.EntryFrames.Entry;
import io.millrace.edge.session.AckWindow.Verdict;
import io.millrace.schemas.record.DeliveryTarget;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AckWindowTest {
    private static final long WITHIN = 30;

    private final AckWindow acks = new AckWindow(WITHIN);

    @BeforeEach
    void begin() {
        acks.begin(57, 0);
    }

    @Test
    void shouldAcceptAnAckUpToTheHeadWhenNothingWasPushed() {
        assertThat(acks.acknowledge(57, 1)).isTrue();
        assertThat(acks.acknowledge(58, 1)).isFalse();
    }

    @Test
    void shouldIgnoreWhatWasPushedBefore() {
        assertThat(acks.push(entry(58))).isTrue();
        assertThat(acks.push(entry(58))).isFalse();
        assertThat(acks.push(entry(12))).isFalse();
    }

    @Test
    void shouldBePatientWhenEntriesWaitInTheQueue() {
        // Given
        acks.push(entry(58));

        // Then: its time begins when it left
        assertThat(acks.judge(1000)).isInstanceOf(Verdict.Patience.class);
    }

    @Test
    void shouldSendOnceMoreAndThenGiveUpWhenNoAckComes() {
        // Given
        pushAndSend(58, 0);
        pushAndSend(59, 0);
        pushAndSend(60, 20);

        // When
        var again = acks.judge(30);

        // Then: only those whose time is up
        assertThat(again).isInstanceOfSatisfying(Verdict.Again.class, a -> assertThat(a.entries())
                .extracting(Entry::position)
                .containsExactly(58L, 59L));
        acks.sent(List.of(entry(58), entry(59)), 31);
        assertThat(acks.judge(60)).isInstanceOf(Verdict.Patience.class);
        assertThat(acks.judge(61)).isInstanceOf(Verdict.GiveUp.class);
    }

    @Test
    void shouldGoOnWhenADeviceAcknowledgesSlowlyButSteadily() {
        // Given
        pushAndSend(58, 0);
        pushAndSend(59, 0);
        acks.judge(30);
        acks.sent(List.of(entry(58), entry(59)), 31);

        // When: there was progress of late
        acks.acknowledge(58, 50);

        // Then
        assertThat(acks.judge(61)).isInstanceOf(Verdict.Patience.class);
        assertThat(acks.judge(80)).isInstanceOf(Verdict.GiveUp.class);
    }

    @Test
    void shouldChangeNothingWhenAnAckGoesBackwards() {
        // Given
        pushAndSend(58, 0);
        pushAndSend(59, 0);
        acks.acknowledge(59, 1);

        // When
        boolean taken = acks.acknowledge(58, 2);

        // Then
        assertThat(taken).isTrue();
        assertThat(acks.size()).isZero();
        assertThat(acks.judge(1000)).isInstanceOf(Verdict.Patience.class);
    }

    @Test
    void shouldOnlyAnnounceWhenTooMuchWaitsToBeKept() {
        // Given: the first entry fills what is kept
        var large = new Entry(target(58), new byte[256 * 1024 - 300]);
        acks.push(large);
        acks.push(new Entry(target(59), new byte[1000]));
        acks.sent(List.of(large, entry(59)), 0);

        // When
        var again = acks.judge(30);

        // Then
        assertThat(again).isInstanceOfSatisfying(Verdict.Again.class, a -> {
            assertThat(a.entries()).extracting(Entry::position).containsExactly(58L);
            assertThat(a.head()).isEqualTo(59);
        });
    }

    @Test
    void shouldBeBehindFromTheSecondSendingToTheAck() {
        // Given
        pushAndSend(58, 0);
        assertThat(acks.isBehind()).isFalse();

        // When
        acks.judge(30);

        // Then
        assertThat(acks.isBehind()).isTrue();
        acks.acknowledge(58, 31);
        assertThat(acks.isBehind()).isFalse();
    }

    @Test
    void shouldBeBehindWhenTooMuchWaitsToBeKept() {
        // When
        acks.push(new Entry(target(58), new byte[256 * 1024 - 300]));
        assertThat(acks.isBehind()).isFalse();
        acks.push(new Entry(target(59), new byte[1000]));

        // Then
        assertThat(acks.isBehind()).isTrue();
        acks.acknowledge(59, 1);
        assertThat(acks.isBehind()).isFalse();
    }

    private void pushAndSend(long position, long at) {
        acks.push(entry(position));
        acks.sent(List.of(entry(position)), at);
    }

    private static Entry entry(long position) {
        return new Entry(target(position), new byte[10]);
    }

    private static DeliveryTarget target(long position) {
        return new DeliveryTarget("alice", "s-1", position, 2L, 1L, 7L, false, false);
    }
}
