package io.millrace.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.config.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

    private static KafkaClientConfig with(Map<String, String> properties) {
        return new KafkaClientConfig(null, null, null, null, properties);
    }
}
