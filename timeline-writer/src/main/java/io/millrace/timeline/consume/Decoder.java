package io.millrace.timeline.consume;

import io.millrace.schemas.serde.PoisonRecordException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes values and tells bytes that are no record of ours from a registry that does not answer. */
final class Decoder<T extends SpecificRecord> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Decoder.class);

    private final Deserializer<T> deserializer;

    Decoder(Deserializer<T> deserializer) {
        this.deserializer = deserializer;
    }

    /**
     * The value, or null if it can never be decoded: the key's next number is then taken by a row of kind unreadable.
     *
     * @throws io.millrace.schemas.serde.RegistryUnavailableException to be tried again
     */
    @Nullable
    T decode(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            alarm(record, "NO_VALUE");
            return null;
        }
        try {
            return deserializer.deserialize(record.topic(), record.value());
        } catch (PoisonRecordException e) {
            alarm(record, e.kind().name());
            return null;
        }
    }

    /** Says that a record cannot be taken; content is never logged. */
    static void alarm(ConsumerRecord<String, byte[]> record, String errorCode) {
        LOGGER.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("errorCode", errorCode)
                .log("record.unreadable");
    }
}
