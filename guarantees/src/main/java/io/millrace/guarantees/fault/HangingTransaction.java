package io.millrace.guarantees.fault;

import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes into every partition that the router writes and commits nothing: readers of committed records stand still until the
 * broker ends the transaction, and must never see what is in it.
 */
final class HangingTransaction {
    private static final int TIMEOUT_MS = 6_000;
    private static final List<String> TOPICS = List.of(
            TopicCatalogue.CONVERSATION_EVENTS.name(),
            TopicCatalogue.INBOX.name(),
            TopicCatalogue.TIMELINE_ENTRIES.name(),
            TopicCatalogue.DELIVERIES.name());

    private @Nullable KafkaProducer<byte[], byte[]> producer;

    void begin(String bootstrapServers) throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "hanging-" + UUID.randomUUID(),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TIMEOUT_MS);
        var hanging = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer = hanging;
        hanging.initTransactions();
        hanging.beginTransaction();
        var key = "d:ann:ben".getBytes(StandardCharsets.UTF_8);
        for (var topic : TOPICS) {
            for (var partition : hanging.partitionsFor(topic)) {
                hanging.send(new ProducerRecord<>(topic, partition.partition(), key, new byte[] {1}))
                        .get();
            }
        }
    }

    /** Goes away without a word; the broker ends the transaction when its time is over. */
    void leave() {
        var hanging = producer;
        producer = null;
        if (hanging != null) {
            hanging.close(Duration.ZERO);
        }
    }
}
