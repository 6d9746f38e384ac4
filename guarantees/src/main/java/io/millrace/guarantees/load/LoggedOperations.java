package io.millrace.guarantees.load;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How often each operation is in the public log, as an event or as a rejection: what a committed reader sees. */
final class LoggedOperations {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<Long, Integer> times = new HashMap<>();

    /** Reads the topics from their begin to their end of now. */
    static LoggedOperations read(String bootstrapServers, String registryUrl) {
        var logged = new LoggedOperations();
        var serdes = RecordSerdes.at(registryUrl);
        var events = serdes.deserializer(ConversationEvent.class);
        var rejections = serdes.deserializer(Rejection.class);
        try (var consumer = consumer(bootstrapServers)) {
            var partitions = Stream.of(TopicCatalogue.CONVERSATION_EVENTS.name(), TopicCatalogue.REJECTIONS.name())
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (isBefore(consumer, partitions, ends)) {
                for (var record : consumer.poll(POLL)) {
                    var key = record.topic().equals(TopicCatalogue.REJECTIONS.name())
                            ? rejections
                                    .deserialize(record.topic(), record.value())
                                    .getClientMessageId()
                            : events.deserialize(record.topic(), record.value()).getClientMessageId();
                    Message.operationOfKey(key).ifPresent(logged::count);
                }
            }
        }
        return logged;
    }

    private static boolean isBefore(
            KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        return partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L));
    }

    private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    void count(long operation) {
        times.merge(operation, 1, Integer::sum);
    }

    int times(long operation) {
        return times.getOrDefault(operation, 0);
    }

    int size() {
        return times.size();
    }
}
