package io.millrace.schemas.topic;

import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the epoch, which the provisioner writes with the first topics. */
public final class EpochRecord {
    /** Of the one record. */
    public static final String KEY = "current";

    private EpochRecord() {}

    /**
     * The epoch that stands in the log now, read to the end; empty before the topics were provisioned.
     *
     * @param clientProperties Kafka client settings ({@code bootstrap.servers}, security)
     * @throws RegistryUnavailableException if the registry is needed and does not answer
     */
    public static Optional<Epoch> read(Map<String, Object> clientProperties, Deserializer<Epoch> deserializer) {
        return read(clientProperties, deserializer, TopicCatalogue.EPOCHS.name());
    }

    /** The same of the epoch that stands in another topic; empty where there is no such topic. */
    public static Optional<Epoch> read(
            Map<String, Object> clientProperties, Deserializer<Epoch> deserializer, String topic) {
        var properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        var partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            if (consumer.partitionsFor(partition.topic()).isEmpty()) {
                return Optional.empty();
            }
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            Optional<Epoch> last = Optional.empty();
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofMillis(500))) {
                    if (KEY.equals(record.key())) {
                        // Here, not in the consumer, which would advise to skip the record when the registry is away.
                        last = Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
                    }
                }
            }
            return last;
        }
    }
}
