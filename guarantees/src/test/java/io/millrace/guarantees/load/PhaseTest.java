package io.millrace.guarantees.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final long FIRST = 1000;

    private final Phase phase = new Phase(FIRST, 4);
    private final LoggedOperations log = new LoggedOperations();

    @Test
    void shouldCountWhatBecameOfEachWhenAnswersCome() {
        // Given
        sendAll();

        // When
        phase.onAccepted(FIRST);
        phase.onPosted(FIRST);
        phase.onRefused(FIRST + 1, "overloaded", 500);
        phase.onRefused(FIRST + 2, "unavailable", 1000);

        // Then
        assertThat(phase.acceptedCount()).isEqualTo(1);
        assertThat(phase.postedCount()).isEqualTo(1);
        assertThat(phase.refusedCount()).isEqualTo(1);
        assertThat(phase.unknownCount()).isEqualTo(1);
        assertThat(phase.open()).isEqualTo(1);
        assertThat(phase.saidTwice()).isZero();
        assertThat(phase.refusedWithoutTime()).isZero();
        assertThat(phase.decided.count()).isEqualTo(1);
    }

    @Test
    void shouldTellWhenADeviceIsToldTwoThings() {
        // Given
        sendAll();

        // When
        phase.onPosted(FIRST);
        phase.onPosted(FIRST);
        phase.onPosted(FIRST + 1);
        phase.onRefused(FIRST + 1, "overloaded", -1);

        // Then
        assertThat(phase.saidTwice()).isEqualTo(2);
        assertThat(phase.refusedWithoutTime()).isEqualTo(1);
    }

    @Test
    void shouldAgreeWithTheLogWhenEverythingIsThereOnce() {
        // Given
        sendAll();
        phase.onAccepted(FIRST);
        phase.onRefused(FIRST + 1, "rate_limited", 20);
        phase.onLost(FIRST + 2);
        phase.onRefused(FIRST + 3, "unavailable", 1000);

        // When
        log.count(FIRST);
        log.count(FIRST + 3);

        // Then
        assertThat(phase.against(log).isNone()).isTrue();
    }

    @Test
    void shouldNameWhatIsLostDoubledAndRefusedAndYetThere() {
        // Given
        sendAll();
        phase.onAccepted(FIRST);
        phase.onPosted(FIRST + 1);
        phase.onRefused(FIRST + 2, "overloaded", 100);

        // When
        log.count(FIRST + 1);
        log.count(FIRST + 1);
        log.count(FIRST + 2);

        // Then
        assertThat(phase.against(log)).isEqualTo(new Phase.Contradictions(1, 1, 1));
    }

    private void sendAll() {
        for (int i = 0; i < 4; i++) {
            phase.onSent(FIRST + i, System.nanoTime());
        }
    }
}
