package io.millrace.router.runtime;

import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.DeadLetterCause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records that decode but cannot be taken. */
public final class DeadLetterBox {
    private final String component;
    private final Serializer<? super SpecificRecord> serializer;

    /** @param serializer writes the value again as it stood; null values stay null */
    public DeadLetterBox(String component, Serializer<? super SpecificRecord> serializer) {
        this.component = component;
        this.serializer = serializer;
    }

    /** The letter under the key of the record, with source topic, partition and offset. */
    public Record<String, DeadLetter> letter(
            Record<String, ? extends SpecificRecord> record, ProcessingContext context, DeadLetterCause cause) {
        var source = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a source record has a topic and an offset"));
        DeadLetterAlarm.raise(source.topic(), source.partition(), source.offset(), cause);
        String key = record.key();
        var letter = new DeadLetter(
                source.topic(),
                source.partition(),
                source.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                key == null ? null : ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)),
                bytes(source.topic(), record.value()),
                cause,
                detail(cause),
                component);
        return record.withKey(key == null ? "" : key).withValue(letter);
    }

    private @Nullable ByteBuffer bytes(String topic, @Nullable SpecificRecord value) {
        return value == null ? null : ByteBuffer.wrap(serializer.serialize(topic, value));
    }

    static String detail(DeadLetterCause cause) {
        return switch (cause) {
            case NOT_AVRO -> "the value is no Avro record in the Confluent wire format";
            case UNKNOWN_SCHEMA -> "the registry does not know the value's schema";
            case MISSING_KEY -> "the record has no key";
            case MISSING_VALUE -> "the record has no value";
            case KEY_MISMATCH -> "the key is not the one that the value names";
            case INVALID -> "the value lacks what its type needs, or its type is unknown to this version";
            case UNKNOWN -> "unknown";
        };
    }
}
