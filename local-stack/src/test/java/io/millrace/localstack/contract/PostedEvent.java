package io.millrace.localstack.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.SharedStack;
import io.millrace.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A message that was posted, as its bytes stand in the public log. */
final class PostedEvent {
    private static final String TOPIC = TopicCatalogue.CONVERSATION_EVENTS.name();

    private PostedEvent() {}

    /** Posts the first message between two new users and gives its record. */
    static byte[] bytes(SharedStack stack, String text) throws IOException, InterruptedException {
        var run = UUID.randomUUID().toString().substring(0, 8);
        var answer = Wire.of(stack.edge(0), "alice-" + run)
                .post(
                        "v1/messages",
                        "{\"clientMessageId\":\"c-1\",\"to\":{\"user\":\"bob-" + run
                                + "\"},\"body\":{\"kind\":\"text\",\"text\":\"" + text + "\"}}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.parts().bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(p -> new TopicPartition(TOPIC, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var conversation = answer.body().path("conversation").asText();
            return await("the event of " + conversation)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> poll(consumer, conversation), Optional::isPresent)
                    .orElseThrow();
        }
    }

    private static Optional<byte[]> poll(KafkaConsumer<byte[], byte[]> consumer, String conversation) {
        return StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                .filter(record -> new String(record.key(), UTF_8).equals(conversation))
                .map(record -> record.value())
                .findFirst();
    }
}
