package io.millrace.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.service.auth.AuthConfig;
import io.millrace.service.kafka.KafkaClientConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret in the settings is shown by nothing: not where it is right, and not where its place or its form is wrong. */
class PlantedSecretTest {
    private static final String SECRET = "canary-9f3b2c1d5e7a8b60-0123456789abcdef";

    @TempDir
    Path directory;

    record Settings(AuthConfig auth, KafkaClientConfig kafka, Secret secret, int port) {}

    @Test
    void shouldNotShowASecretThatIsRight() throws IOException {
        // When
        var settings = load("""
                auth: {issuers: [{name: me, algorithm: HS256, secret: CANARY}]}
                kafka: {properties: {sasl.jaas.config: CANARY, ssl.keystore.password: CANARY}}
                secret: CANARY
                """);

        // Then
        assertThat(settings.secret().value()).isEqualTo(SECRET);
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: CANARY",
                "auth: [CANARY]",
                "auth: {issuers: CANARY}",
                "auth: {issuers: [CANARY]}",
                "auth: {issuers: [{name: me, algorithm: HS256, secret: [CANARY]}]}",
                "auth: {issuers: [{name: me, algorithm: CANARY}]}",
                "auth: {issuers: [{name: me, algorithm: ES256, jwks: CANARY}]}",
                "auth: {clockLeeway: CANARY}",
                "kafka: CANARY",
                "kafka: {properties: CANARY}",
                "kafka: {properties: [CANARY]}",
                "kafka: {properties: {x: [CANARY]}}",
                "kafka: {properties: {acks: CANARY}}",
                "secret: [CANARY]",
                "port: CANARY",
                "port: [CANARY]",
                "CANARY",
                "secret: CANARY\nsecret: CANARY",
                "secret: \"CANARY\n  x: [",
                "secret: &CANARY x\nport: *CANARYx",
                "secret: %CANARY",
                "secret: @CANARY"
            })
    void shouldNotShowASecretThatIsWrong(String yaml) {
        var refusal = catchThrowableOfType(ConfigException.class, () -> load(yaml));
        assertThat(refusal).hasMessageNotContaining("canary").hasMessageNotContaining("9f3b2c1d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH_ISSUERS", "AUTH_CLOCK_LEEWAY", "KAFKA_PROPERTIES", "PORT"})
    void shouldNotShowASecretOfTheEnvironment(String variable) {
        for (var value : List.of(SECRET, "[" + SECRET + "]", "{a: [" + SECRET + "]}", "{" + SECRET)) {
            var refusal = catchThrowableOfType(ConfigException.class, () -> new ConfigLoader("edge")
                    .load(Settings.class, List.of(), Map.of("MILLRACE_EDGE_" + variable, value)));
            assertThat(refusal).hasMessageNotContaining("canary");
        }
    }

    private Settings load(String yaml) throws IOException {
        var file = Files.writeString(directory.resolve("edge.yaml"), yaml.replace("CANARY", SECRET));
        return new ConfigLoader("edge").load(Settings.class, List.of("--config", file.toString()), Map.of());
    }
}
