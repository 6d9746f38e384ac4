package io.millrace.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.router.RouterConfig;
import io.millrace.service.config.ConfigException;
import io.millrace.service.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldPassOnWhatTheRouterDoesNotSet() throws IOException {
        // When
        var settings = settings("main.consumer.max.poll.records: 200");

        // Then
        assertThat(settings).containsEntry("main.consumer.max.poll.records", "200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit.interval.ms: 1000",
                "max.poll.interval.ms: 300000",
                "main.consumer.max.poll.interval.ms: 300000",
                "producer.linger.ms: 0",
                "state.dir: /tmp/elsewhere"
            })
    void shouldRefuseWhatItSetsItself(String raw) {
        // When
        // Then
        assertThatThrownBy(() -> settings(raw))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("streams." + raw.substring(0, raw.indexOf(':')) + " is set by the router");
    }

    private Properties settings(String raw) throws IOException {
        var file = Files.writeString(directory.resolve("router.yaml"), "streams: {" + raw + "}\n");
        var config =
                new ConfigLoader("router").load(RouterConfig.class, List.of("--config", file.toString()), Map.of());
        return StreamsSettings.of("sample", config);
    }
}
