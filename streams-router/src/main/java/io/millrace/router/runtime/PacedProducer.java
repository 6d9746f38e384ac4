package io.millrace.router.runtime;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the {@link CommitPace} of its thread how long commits take. */
final class PacedProducer extends KafkaProducer<byte[], byte[]> {
    PacedProducer(Map<String, Object> config) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void flush() {
        long began = System.nanoTime();
        super.flush();
        CommitPace.ofThread().spent(System.nanoTime() - began);
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        long began = System.nanoTime();
        super.sendOffsetsToTransaction(offsets, groupMetadata);
        CommitPace.ofThread().spent(System.nanoTime() - began);
    }

    @Override
    public void commitTransaction() {
        long began = System.nanoTime();
        super.commitTransaction();
        long now = System.nanoTime();
        CommitPace.ofThread().committed(now - began, now);
    }
}
