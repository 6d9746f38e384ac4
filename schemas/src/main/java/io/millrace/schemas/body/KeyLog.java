package io.millrace.schemas.body;

import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the keys of all users once. Stateless. */
public final class KeyLog {
    private static final Duration POLL = Duration.ofMillis(500);

    private KeyLog() {}

    /**
     * What the topic says now, committed records alone. A record that cannot be read is passed over: what names its key is
     * unreadable.
     *
     * @param client Kafka client settings
     */
    public static KeyRing read(Map<String, Object> client, Deserializer<UserKey> deserializer) {
        var ring = new KeyRing();
        var settings = new HashMap<>(client);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var partition = new TopicPartition(TopicCatalogue.USER_KEYS.name(), 0);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var all = List.of(partition);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = consumer.endOffsets(all).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(record -> apply(ring, record, deserializer));
            }
        }
        return ring;
    }

    private static void apply(KeyRing ring, ConsumerRecord<String, byte[]> record, Deserializer<UserKey> deserializer) {
        if (record.key() == null) {
            return;
        }
        try {
            var value = record.value() == null ? null : deserializer.deserialize(record.topic(), record.value());
            ring.apply(record.key(), value);
        } catch (PoisonRecordException e) {
            // bytes of somebody who is not of this system: they make nothing readable
        }
    }
}
