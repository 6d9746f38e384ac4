package io.millrace.router.runtime;

import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whether a partition holds anything that was committed: its end offset counts what was aborted, too. */
final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaClientConfig kafka;

    CommittedRecords(KafkaClientConfig kafka) {
        this.kafka = kafka;
    }

    /** Reads until the first committed record, or the end as it is now. */
    boolean areIn(TopicPartition partition) {
        var settings = new HashMap<>(kafka.consumer());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                if (!consumer.poll(POLL).isEmpty()) {
                    return true;
                }
            }
            return false;
        }
    }
}
