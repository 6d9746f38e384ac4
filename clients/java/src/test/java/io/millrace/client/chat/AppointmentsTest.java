package io.millrace.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.outbox.SendOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AppointmentsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void shouldCountTheSpanFromWhenAMessageIsPosted() {
        assertThat(Appointments.options(1000, Duration.ZERO, Duration.ZERO)).isEqualTo(SendOptions.NONE);
        assertThat(Appointments.options(1000, Duration.ZERO, MINUTE)).isEqualTo(SendOptions.NONE.expiringAt(61_000L));
        assertThat(Appointments.options(1000, MINUTE, Duration.ZERO)).isEqualTo(SendOptions.NONE.sentAt(61_000L));
        assertThat(Appointments.options(1000, MINUTE, MINUTE))
                .isEqualTo(SendOptions.NONE.sentAt(61_000L).expiringAt(121_000L));
    }
}
