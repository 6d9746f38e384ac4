package io.millrace.webhooks.dispatch;

import io.millrace.schemas.record.WebhookDeadLetter;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes into {@code webhook-dead-letters}. Thread-safe. */
public final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final int BLOCK_MS = 5_000;

    private final Producer<String, WebhookDeadLetter> producer;

    public KafkaDeadLetters(KafkaClientConfig kafka) {
        var settings = kafka.producer();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        this.producer = new KafkaProducer<>(
                settings, new StringSerializer(), kafka.serdes().serializer(WebhookDeadLetter.class));
    }

    @Override
    public CompletableFuture<Void> write(WebhookDeadLetter letter) {
        var written = new CompletableFuture<Void>();
        var record = new ProducerRecord<>(TopicCatalogue.WEBHOOK_DEAD_LETTERS.name(), letter.getConversation(), letter);
        try {
            var unused = producer.send(record, (place, failure) -> {
                if (failure == null) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(failure);
                }
            });
        } catch (SerializationException e) {
            written.completeExceptionally(e); // the registry is away
        }
        return written;
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
