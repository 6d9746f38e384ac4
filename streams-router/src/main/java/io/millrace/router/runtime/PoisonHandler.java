package io.millrace.router.runtime;

import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.serde.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undecodable input from outside goes to {@code <topic>.dlq} in the same transaction and the task goes on; between our own
 * stages it stops the task, and so does a registry that does not answer.
 */
public final class PoisonHandler implements DeserializationExceptionHandler {
    /** Setting: a {@link Serializer} of {@link DeadLetter}. */
    public static final String SERIALIZER = "millrace.dead.letter.serializer";
    /** Setting: names of the topics whose records come from outside. */
    public static final String FROM_OUTSIDE = "millrace.topics.from.outside";
    /** Setting: what stands before the name of the topic of dead letters. */
    public static final String PREFIX = "millrace.dead.letter.prefix";
    /** Setting: name of the application. */
    public static final String COMPONENT = "millrace.component";

    private static final Logger LOGGER = LoggerFactory.getLogger(PoisonHandler.class);

    private @Nullable Serializer<DeadLetter> serializer;
    private Set<String> fromOutside = Set.of();
    private String component = "";
    private String prefix = "";

    @Override
    @SuppressWarnings("unchecked") // the settings are ours
    public void configure(Map<String, ?> configs) {
        serializer = (Serializer<DeadLetter>) configs.get(SERIALIZER);
        fromOutside = configs.get(FROM_OUTSIDE) instanceof Set<?> topics ? Set.copyOf((Set<String>) topics) : Set.of();
        component = String.valueOf(configs.get(COMPONENT));
        prefix = configs.get(PREFIX) instanceof String given ? given : "";
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        var poison = exception instanceof PoisonRecordException p ? p : null;
        boolean undecodable = poison != null
                || (exception instanceof SerializationException
                        && !(exception instanceof RegistryUnavailableException));
        if (serializer == null || !undecodable || !fromOutside.contains(record.topic())) {
            LOGGER.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", exception.toString())
                    .log("record not decoded, the task stops");
            return Response.fail();
        }
        var cause = poison != null && poison.kind() == PoisonRecordException.Cause.UNKNOWN_SCHEMA
                ? DeadLetterCause.UNKNOWN_SCHEMA
                : DeadLetterCause.NOT_AVRO;
        DeadLetterAlarm.raise(record.topic(), record.partition(), record.offset(), cause);
        var dlq = prefix + record.topic() + ".dlq";
        byte[] letter = serializer.serialize(dlq, letter(record, cause));
        return Response.resume(List.of(new ProducerRecord<>(dlq, record.partition(), null, record.key(), letter)));
    }

    private DeadLetter letter(ConsumerRecord<byte[], byte[]> record, DeadLetterCause cause) {
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : ByteBuffer.wrap(record.key()),
                record.value() == null ? null : ByteBuffer.wrap(record.value()),
                cause,
                DeadLetterBox.detail(cause),
                component);
    }
}
