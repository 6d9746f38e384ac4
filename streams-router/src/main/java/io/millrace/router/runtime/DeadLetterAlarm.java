package io.millrace.router.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.millrace.schemas.record.DeadLetterCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of every dead letter that there is one, in the log and in {@code millrace.router.dead.letters}. Kafka Streams makes
 * the handlers itself, so the counter stands in Micrometer's global registry. Thread-safe.
 */
final class DeadLetterAlarm {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetterAlarm.class);

    private DeadLetterAlarm() {}

    static void raise(String topic, int partition, long offset, DeadLetterCause cause) {
        Counter.builder("millrace.router.dead.letters")
                .description("Records that could not be taken and wait in the topic's .dlq")
                .tag("topic", topic)
                .tag("cause", cause.name())
                .register(Metrics.globalRegistry)
                .increment();
        LOGGER.atError()
                .addKeyValue("topic", topic)
                .addKeyValue("partition", partition)
                .addKeyValue("offset", offset)
                .addKeyValue("cause", cause)
                .log("record dead-lettered");
    }
}
