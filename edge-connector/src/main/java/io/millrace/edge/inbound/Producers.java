package io.millrace.edge.inbound;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Builds the two producers of an edge from settings that already say acks=all and idempotent. */
public final class Producers {
    private Producers() {}

    /** For commands: sent at once, given up after 5 s; the client hears {@code unavailable} long before. */
    public static Producer<String, SpecificRecord> commands(
            Map<String, Object> settings, Serializer<SpecificRecord> serializer) {
        return producer(settings, serializer, "edge-commands", 500);
    }

    /** For records about sessions and signs of life: a registration older than 5 s is not wanted any more. */
    public static Producer<String, SpecificRecord> sessions(
            Map<String, Object> settings, Serializer<SpecificRecord> serializer) {
        return producer(settings, serializer, "edge-sessions", 2000);
    }

    private static Producer<String, SpecificRecord> producer(
            Map<String, Object> given, Serializer<SpecificRecord> serializer, String clientId, int maxBlockMs) {
        var settings = new HashMap<>(given);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlockMs);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2500);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new KafkaProducer<>(settings, new StringSerializer(), serializer);
    }
}
