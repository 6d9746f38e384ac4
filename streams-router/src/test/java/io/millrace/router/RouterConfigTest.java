package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterConfigTest {
    @TempDir
    private Path directory;

    @Test
    void shouldHaveDefaultsForEverything() throws IOException {
        // When
        var config = load("");

        // Then
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.conversations().editWindow()).isEqualTo(Duration.ofHours(24));
        assertThat(config.conversations().receiptMembers()).isEqualTo(50);
    }

    @Test
    void shouldBeLiveUnlessItIsNamedAShadow() throws IOException {
        assertThat(load("").shadow().names().isShadow()).isFalse();
        assertThat(load("shadow: {since: 2h}").shadow().names().isShadow()).isFalse();
        assertThat(load("shadow: {name: rules2}").shadow().names().application("users"))
                .isEqualTo("shadow-rules2-users");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threads: -3",
                "storeMemoryMib: -1",
                "replicationFactor: -1",
                "standbyReplicas: -1",
                "maxGroupMembers: -5",
                "transactionTimeout: 0s",
                "sessionTimeout: 0s",
                "commitInterval: 2s",
                "dedupWindow: 7d",
                "editWindow: 0s",
                "admin: {port: 99999}",
                "streams: {processing.guarantee: at_least_once}",
                "shadow: {name: Rules}",
                "shadow: {name: a-b}",
                "shadow: {name: a, since: 0s}",
                "shadow: {name: a, since: 5d, }\ndedupWindow: 2d",
                "unknown: 1"
            })
    void shouldRefuseWhatCannotWork(String yaml) {
        assertThatThrownBy(() -> load(yaml)).isInstanceOf(ConfigException.class);
    }

    private RouterConfig load(String yaml) throws IOException {
        var file = Files.writeString(directory.resolve("router.yaml"), yaml + "\n");
        return new ConfigLoader("router").load(RouterConfig.class, List.of("--config", file.toString()), Map.of());
    }
}
