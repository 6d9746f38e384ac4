package io.millrace.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class RegularPollsTest {
    private static final String INTERVAL = "max.poll.interval.ms";

    @Test
    void shouldTellTheThreadAShortIntervalAndTheConsumerALongOne() {
        // Given
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "a");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        RegularPolls.in(settings);

        // When
        var ofThread = new StreamsConfig(settings).getMainConsumerConfigs("a", "a", 1);
        var ofConsumer = RegularPolls.ofConsumer(ofThread);

        // Then
        assertThat(ofThread).containsEntry(INTERVAL, 400);
        assertThat(ofConsumer).containsEntry(INTERVAL, 60_000);
        assertThat(new StreamsConfig(ofConsumer).getMainConsumerConfigs("a", "a", 1))
                .as("what the assignor makes of it")
                .containsEntry(INTERVAL, 60_000);
    }
}
