package io.millrace.localstack.contract;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** What is done with Confluent's classes, where they are; {@link ConfluentClasses} calls it from outside. */
public final class ConfluentCodec {
    static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";

    private ConfluentCodec() {}

    /** Decodes by the schema of the registry alone. */
    public static String read(String registryUrl, String topic, byte[] record) throws ReflectiveOperationException {
        try (var deserializer = (Deserializer<?>) newInstance(DESERIALIZER)) {
            deserializer.configure(Map.of("schema.registry.url", registryUrl), false);
            return String.valueOf(deserializer.deserialize(topic, record));
        }
    }

    /** Encodes a record that is given as schema and Avro binary. */
    @SuppressWarnings("unchecked")
    public static byte[] write(String registryUrl, String topic, String schema, byte[] binary)
            throws ReflectiveOperationException, IOException {
        var record = new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema))
                .read(null, DecoderFactory.get().binaryDecoder(binary, null));
        try (var serializer = (Serializer<Object>) newInstance(SERIALIZER)) {
            serializer.configure(Map.of("schema.registry.url", registryUrl), false);
            return serializer.serialize(topic, record);
        }
    }

    /** Decodes and encodes an event by our own entry to serdes, whose classes are a setting. */
    public static byte[] readAndWriteBySetting(String registryUrl, String topic, byte[] record) {
        var serdes = RecordSerdes.of(SERIALIZER, DESERIALIZER, Map.of("schema.registry.url", registryUrl));
        try (var serde = serdes.serde(ConversationEvent.class)) {
            return serde.serializer().serialize(topic, serde.deserializer().deserialize(topic, record));
        }
    }

    private static Object newInstance(String name) throws ReflectiveOperationException {
        return Class.forName(name).getDeclaredConstructor().newInstance();
    }
}
