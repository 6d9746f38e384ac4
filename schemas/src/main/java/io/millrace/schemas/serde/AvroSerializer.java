package io.millrace.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a generated record in the Confluent wire format: a zero byte, the schema id as four bytes big-endian, Avro
 * binary. The subject is {@code <topic>-value}. Thread-safe; the registry is asked once per topic and schema.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">wire format</a>
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    static final byte MAGIC = 0;

    static {
        TrustedRecords.declare();
    }

    private @Nullable SchemaRegistry registry;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Schema, SpecificDatumWriter<T>> writers = new ConcurrentHashMap<>();
    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

    /** For Kafka, which calls {@link #configure}. */
    public AvroSerializer() {}

    /** With a registry at hand; {@link #configure} is not needed. */
    public AvroSerializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (registry == null) {
            registry = SerdeConfig.registry(configs);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: a null value is a tombstone and stays null
    public byte[] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        var schema = value.getSchema();
        int id = idOf(topic, schema);
        var buffer = buffers.get();
        var bytes = buffer.bytes;
        bytes.reset();
        bytes.write(MAGIC);
        bytes.write(id >>> 24);
        bytes.write(id >>> 16);
        bytes.write(id >>> 8);
        bytes.write(id);
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, buffer.encoder);
            buffer.encoder = encoder;
            writers.computeIfAbsent(schema, s -> new SpecificDatumWriter<>(s, SpecificData.getForSchema(s)))
                    .write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new SerializationException("a record of " + topic + " could not be written", e);
        }
        return bytes.toByteArray();
    }

    private int idOf(String topic, Schema schema) {
        var id = ids.get(topic);
        if (id == null) {
            var asked = registry;
            if (asked == null) {
                throw new IllegalStateException("the serializer was not configured");
            }
            id = asked.idOf(topic + "-value", schema);
            ids.put(topic, id);
        }
        return id;
    }

    /** Per thread, so that a record costs one allocation: its bytes. */
    private static final class Buffer {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

        @Nullable
        BinaryEncoder encoder;
    }
}
