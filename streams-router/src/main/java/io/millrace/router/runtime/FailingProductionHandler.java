package io.millrace.router.runtime;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An output that cannot be written stops the task: going on would lose what was decided. */
public final class FailingProductionHandler implements ProductionExceptionHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(FailingProductionHandler.class);

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        LOGGER.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("error", exception.toString())
                .log("output not written, the task stops");
        return Response.fail();
    }

    @Override
    public Response handleSerializationError(
            ErrorHandlerContext context,
            @SuppressWarnings("rawtypes") ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        LOGGER.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("error", exception.toString())
                .log("output not serialized, the task stops");
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // nothing to configure
    }
}
