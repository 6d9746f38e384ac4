package io.millrace.router.runtime;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the {@link CommitPace} of its thread how long commits take. */
final class PacedProducer extends KafkaProducer<byte[], byte[]> {
    PacedProducer(Map<String, Object> config) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void flush() {
        CommitPace.ofThread().begin(System.nanoTime());
        super.flush();
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        CommitPace.ofThread().end(System.nanoTime());
    }
}
