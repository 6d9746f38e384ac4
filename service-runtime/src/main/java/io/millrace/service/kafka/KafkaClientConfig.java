package io.millrace.service.kafka;

import io.millrace.schemas.serde.AvroDeserializer;
import io.millrace.schemas.serde.AvroSerializer;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.serde.SerdeConfig;
import io.millrace.service.config.ConfigException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach Kafka and the registry.
 *
 * @param bootstrapServers host:port, comma-separated; default 127.0.0.1:27192
 * @param schemaRegistryUrl base URL, comma-separated; default the local stack's
 * @param serializerClass class of the value serializer; default ours
 * @param deserializerClass class of the value deserializer; default ours
 * @param properties raw settings of every client (security, buffers), and of the registry's; those that correctness
 *     depends on are refused, secrets may be {@code file:} paths
 */
public record KafkaClientConfig(
        String bootstrapServers,
        String schemaRegistryUrl,
        String serializerClass,
        String deserializerClass,
        Map<String, String> properties) {

    public KafkaClientConfig {
        bootstrapServers = bootstrapServers == null ? "127.0.0.1:27192" : bootstrapServers;
        schemaRegistryUrl = schemaRegistryUrl == null ? "http://127.0.0.1:27181/apis/ccompat/v7" : schemaRegistryUrl;
        serializerClass = serializerClass == null ? AvroSerializer.class.getName() : serializerClass;
        deserializerClass = deserializerClass == null ? AvroDeserializer.class.getName() : deserializerClass;
        properties = properties == null ? Map.of() : SecretProperties.read(properties);
        refuse(properties, ProducerConfig.ACKS_CONFIG, "all");
        refuse(properties, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        refuse(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        refuse(properties, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        refuse(properties, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        refuse(properties, CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        refuse(properties, SerdeConfig.REGISTRY_URL, schemaRegistryUrl);
        if (schemaRegistryUrl.contains("@")) {
            throw new ConfigException("kafka.schemaRegistryUrl has no user in it; say " + SerdeConfig.BASIC_AUTH
                    + " in kafka.properties");
        }
    }

    /** The local stack's addresses and every other default. */
    @SuppressWarnings("NullAway") // a component that is not given is null, see ConfigLoader
    public static KafkaClientConfig local() {
        return new KafkaClientConfig(null, null, null, null, null);
    }

    /** Settings that every client shares. */
    public Map<String, Object> client() {
        var settings = new HashMap<String, Object>(properties);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    /** Settings of a producer whose acknowledgement means durable: acks=all, idempotent. */
    public Map<String, Object> producer() {
        var settings = client();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }

    /** Settings of a consumer that sees committed records only and commits no offset by itself. */
    public Map<String, Object> consumer() {
        var settings = client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    /** Serdes for the records of the log. */
    public RecordSerdes serdes() {
        var settings = new HashMap<String, Object>(properties);
        settings.put(SerdeConfig.REGISTRY_URL, schemaRegistryUrl);
        return RecordSerdes.of(serializerClass, deserializerClass, settings);
    }

    /** Names the raw settings without their values: some are passwords. */
    @Override
    public String toString() {
        return "KafkaClientConfig[bootstrapServers=" + bootstrapServers + ", schemaRegistryUrl=" + schemaRegistryUrl
                + ", serializerClass=" + serializerClass + ", deserializerClass=" + deserializerClass
                + ", properties=" + new TreeSet<>(properties.keySet()) + "]";
    }

    private static void refuse(Map<String, String> properties, String key, String needed) {
        var given = properties.get(key);
        if (given != null && !given.equals(needed)) {
            throw new ConfigException("kafka.properties." + key + " is " + needed + " here and cannot be changed");
        }
    }
}
