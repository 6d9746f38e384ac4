package io.millrace.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a generated record from the Confluent wire format, resolved from the writer's schema to this build's. An outage
 * of the registry ({@link RegistryUnavailableException}) is told apart from bytes that are no record
 * ({@link PoisonRecordException}). Thread-safe.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private static final int HEADER = 5;

    static {
        TrustedRecords.declare();
    }
    /** A decoder per thread, reused from record to record. */
    private static final ThreadLocal<@Nullable BinaryDecoder> DECODERS = new ThreadLocal<>();

    private @Nullable SchemaRegistry registry;
    private @Nullable Schema readerSchema;
    private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();

    /** For Kafka, which calls {@link #configure}; the class read is set by {@link SerdeConfig#RECORD_CLASS}. */
    public AvroDeserializer() {}

    /** With a registry at hand; {@link #configure} is not needed. */
    public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.readerSchema = SpecificData.get().getSchema(type);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (registry == null) {
            registry = SerdeConfig.registry(configs);
        }
        if (readerSchema == null) {
            readerSchema = SpecificData.get().getSchema(SerdeConfig.recordClass(configs));
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: a null value is a tombstone and stays null
    public T deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length < HEADER || data[0] != AvroSerializer.MAGIC) {
            throw new PoisonRecordException(
                    PoisonRecordException.Cause.NOT_AVRO,
                    "a record of " + topic + " with " + data.length + " bytes has no Avro header");
        }
        int id = ByteBuffer.wrap(data, 1, 4).getInt();
        var reader = readerOf(id);
        var decoder = DecoderFactory.get().binaryDecoder(data, HEADER, data.length - HEADER, DECODERS.get());
        DECODERS.set(decoder);
        try {
            T value = reader.read(null, decoder);
            if (decoder.isEnd()) {
                return value;
            }
        } catch (IOException | RuntimeException e) {
            // Avro throws many classes at bytes that are no such record: bounds, casts, limits, states.
            throw new PoisonRecordException(
                    PoisonRecordException.Cause.NOT_AVRO, "a record of " + topic + " does not match schema " + id, e);
        }
        throw new PoisonRecordException(
                PoisonRecordException.Cause.NOT_AVRO, "a record of " + topic + " has trailing bytes");
    }

    private SpecificDatumReader<T> readerOf(int id) {
        var reader = readers.get(id);
        if (reader == null) {
            var asked = registry;
            if (asked == null || readerSchema == null) {
                throw new IllegalStateException("the deserializer was not configured");
            }
            reader = new SpecificDatumReader<>(asked.byId(id), readerSchema);
            readers.put(id, reader);
        }
        return reader;
    }
}
