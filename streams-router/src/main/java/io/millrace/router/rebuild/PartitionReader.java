package io.millrace.router.rebuild;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads one partition from its beginning to the end it has when reading starts; committed records only. */
final class PartitionReader {
    private final Map<String, Object> consumer;

    PartitionReader(Map<String, Object> consumer) {
        this.consumer = new HashMap<>(consumer);
    }

    <T extends SpecificRecord> void read(String topic, int partition, Deserializer<T> deserializer, Consumer<T> to) {
        readRecords(topic, partition, deserializer, record -> to.accept(record.value()));
    }

    <T extends SpecificRecord> void readRecords(
            String topic, int partition, Deserializer<T> deserializer, Consumer<ConsumerRecord<String, T>> to) {
        var source = new TopicPartition(topic, partition);
        try (var records = new KafkaConsumer<>(consumer, new StringDeserializer(), deserializer)) {
            records.assign(List.of(source));
            records.seekToBeginning(List.of(source));
            long end = records.endOffsets(List.of(source)).getOrDefault(source, 0L);
            while (records.position(source) < end) {
                records.poll(Duration.ofMillis(500)).forEach(to);
            }
        }
    }
}
