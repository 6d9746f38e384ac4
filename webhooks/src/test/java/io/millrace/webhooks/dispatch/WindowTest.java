package io.millrace.webhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
    private final Window window = new Window(5);

    @Test
    void shouldStandWhereItBeginsWhenNothingWasRead() {
        assertThat(window.committable()).isEqualTo(5);
    }

    @Test
    void shouldNotPassAnEventThatIsNotFinished() {
        // Given
        window.begin(6);
        window.begin(7);
        window.begin(9);
        window.read(10);

        // When
        window.finish(7);
        window.finish(9);

        // Then
        assertThat(window.committable()).isEqualTo(6);
        assertThat(window.size()).isEqualTo(3);
    }

    @Test
    void shouldPassAllThatIsFinishedAtOnce() {
        // Given
        window.begin(6);
        window.begin(7);
        window.begin(9);
        window.read(10);
        window.finish(7);

        // When
        window.finish(6);

        // Then
        assertThat(window.committable()).isEqualTo(9);
        assertThat(window.size()).isEqualTo(1);
    }

    @Test
    void shouldPassWhatIsNotForTheSubscriberWhenNothingWaits() {
        // Given
        window.begin(6);
        window.finish(6);

        // When
        window.read(42);

        // Then
        assertThat(window.committable()).isEqualTo(42);
    }
}
