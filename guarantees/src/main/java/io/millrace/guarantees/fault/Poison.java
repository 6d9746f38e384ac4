package io.millrace.guarantees.fault;

import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that no edge writes: no magic byte, an unknown schema, a cut body, nothing at all. */
final class Poison {
    private static final List<byte[]> BODIES = List.of(
            "no avro".getBytes(StandardCharsets.UTF_8), new byte[] {0, 0, 0, 0, 1, 7}, new byte[] {0}, new byte[0]);

    private Poison() {}

    static void into(String bootstrapServers) throws Exception {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        var topic = TopicCatalogue.COMMANDS.name();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var partition : producer.partitionsFor(topic)) {
                for (byte[] body : BODIES) {
                    var key = "d:ann:ben".getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(topic, partition.partition(), key, body))
                            .get();
                }
            }
        }
    }
}
