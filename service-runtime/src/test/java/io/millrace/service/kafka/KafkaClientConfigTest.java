package io.millrace.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaClientConfigTest {
    @Test
    void shouldMeanDurableWhenAProducerIsAcknowledged() {
        assertThat(with(Map.of()).producer())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("bootstrap.servers", "127.0.0.1:27192");
    }

    @Test
    void shouldReadCommittedRecordsOnlyAndCommitNothingByItself() {
        assertThat(with(Map.of()).consumer())
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("allow.auto.create.topics", false);
    }

    @Test
    void shouldPassOtherSettingsThrough() {
        assertThat(with(Map.of("linger.ms", "5")).producer()).containsEntry("linger.ms", "5");
    }

    @ParameterizedTest
    @CsvSource({
        "acks,1",
        "enable.idempotence,false",
        "isolation.level,read_uncommitted",
        "enable.auto.commit,true",
        "allow.auto.create.topics,true",
        "bootstrap.servers,elsewhere:9092",
        "schema.registry.url,http://elsewhere"
    })
    void shouldRefuseSettingsThatCorrectnessDependsOn(String key, String value) {
        assertThatThrownBy(() -> with(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void shouldNotShowRawValues() {
        assertThat(with(Map.of("sasl.jaas.config", "password=hunter2")).toString())
                .contains("sasl.jaas.config")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldReadSecretsFromFilesAndNothingElse(@TempDir Path directory) throws Exception {
        // Given
        var file = "file:" + Files.writeString(directory.resolve("secret"), "hunter2\n");

        // When
        var settings = with(Map.of(
                        "sasl.jaas.config", file,
                        "ssl.truststore.password", file,
                        "basic.auth.user.info", file,
                        "sasl.oauthbearer.token.endpoint.url", file))
                .client();

        // Then
        assertThat(settings)
                .containsEntry("sasl.jaas.config", "hunter2")
                .containsEntry("ssl.truststore.password", "hunter2")
                .containsEntry("basic.auth.user.info", "hunter2")
                .containsEntry("sasl.oauthbearer.token.endpoint.url", file);
    }

    @Test
    void shouldGiveSecuritySettingsToClientsOfEveryKind() {
        // Given
        var config = with(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512"));

        // Then
        for (var settings : List.of(config.client(), config.producer(), config.consumer())) {
            assertThat(settings)
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        }
    }

    @Test
    void shouldRefuseAUserInTheUrlOfTheRegistry() {
        assertThatThrownBy(() -> new KafkaClientConfig(null, "http://me:hunter2@registry", null, null, null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.user.info")
                .hasMessageNotContaining("hunter2");
    }

    private static KafkaClientConfig with(Map<String, String> properties) {
        return new KafkaClientConfig(null, null, null, null, properties);
    }
}
