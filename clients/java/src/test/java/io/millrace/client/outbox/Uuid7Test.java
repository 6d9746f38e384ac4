package io.millrace.client.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class Uuid7Test {
    private final AtomicLong clock = new AtomicLong(1_790_000_000_000L);
    private final Uuid7 keys = new Uuid7(clock::get, new SplittableRandom(1));

    @Test
    void shouldCarryTimeVersionAndVariant() {
        // When
        UUID key = UUID.fromString(keys.next());

        // Then
        assertThat(key.version()).isEqualTo(7);
        assertThat(key.variant()).isEqualTo(2);
        assertThat(key.getMostSignificantBits() >>> 16).isEqualTo(clock.get());
    }

    @Test
    void shouldAlwaysGrowWhenTheClockStandsStillOrGoesBack() {
        // Given
        var made = new ArrayList<String>();

        // When
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                clock.addAndGet(-5_000);
            }
            made.add(keys.next());
        }

        // Then
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldBeAKeyOfTheProtocol() {
        assertThat(keys.next()).matches("[A-Za-z0-9._:-]{1,64}");
    }
}
