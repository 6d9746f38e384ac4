package io.millrace.example.analytics;

import io.millrace.schemas.serde.PoisonRecordException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is no record of its topic is named and passed over; a registry that does not answer ends the counting. */
public final class UnreadableRecords implements DeserializationExceptionHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnreadableRecords.class);

    @Override
    public void configure(Map<String, ?> configs) {
        // there is nothing to be told
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        boolean unreadable = exception instanceof PoisonRecordException;
        LOGGER.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", exception.toString())
                .log(unreadable ? "record not readable, passed over" : "record not read, counting ends");
        return unreadable ? Response.resume(List.of()) : Response.fail();
    }
}
