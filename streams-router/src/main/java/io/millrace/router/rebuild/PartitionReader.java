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

/** Reads one partition from its beginning; committed records only. */
final class PartitionReader {
    private final Map<String, Object> consumer;

    PartitionReader(Map<String, Object> consumer) {
        this.consumer = new HashMap<>(consumer);
    }

    /** To the end it has when reading starts. */
    <T extends SpecificRecord> void readRecords(
            String topic, int partition, Deserializer<T> deserializer, Consumer<ConsumerRecord<String, T>> to) {
        readRecords(topic, partition, Long.MAX_VALUE, deserializer, to);
    }

    /** To an offset, but not beyond the end it has when reading starts. */
    <T extends SpecificRecord> void readRecords(
            String topic,
            int partition,
            long limit,
            Deserializer<T> deserializer,
            Consumer<ConsumerRecord<String, T>> to) {
        var source = new TopicPartition(topic, partition);
        try (var records = new KafkaConsumer<>(consumer, new StringDeserializer(), deserializer)) {
            records.assign(List.of(source));
            records.seekToBeginning(List.of(source));
            long end = Math.min(limit, records.endOffsets(List.of(source)).getOrDefault(source, 0L));
            while (records.position(source) < end) {
                for (var record : records.poll(Duration.ofMillis(500))) {
                    if (record.offset() < end) {
                        to.accept(record);
                    }
                }
            }
        }
    }
}
