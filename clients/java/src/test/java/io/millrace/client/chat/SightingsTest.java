package io.millrace.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.Signal;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SightingsTest {
    private final AtomicLong now = new AtomicLong();
    private final Sightings sightings = new Sightings(now::get);

    @Test
    void shouldSayWhatIsNews() {
        assertThat(sightings.onPresence(new Signal.Presence("g:1", "bob", true, null)))
                .isTrue();
        assertThat(sightings.onPresence(new Signal.Presence("d:alice:bob", "bob", true, null)))
                .isFalse();
        assertThat(sightings.of("bob")).isEqualTo("here");
        assertThat(sightings.onPresence(new Signal.Presence("g:1", "bob", false, 0L)))
                .isTrue();
        assertThat(sightings.of("bob")).startsWith("last here ");
        assertThat(sightings.of("carol")).isEmpty();
    }

    @Test
    void shouldForgetWhatItHasNotHeardForLong() {
        // Given
        sightings.onPresence(new Signal.Presence("g:1", "bob", true, null));

        // When
        now.set(361_000);

        // Then
        assertThat(sightings.of("bob")).isEmpty();
    }
}
