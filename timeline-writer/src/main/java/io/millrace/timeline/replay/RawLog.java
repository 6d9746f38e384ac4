package io.millrace.timeline.replay;

import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The committed records of one topic, byte for byte. Used by one thread. */
final class RawLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;

    /** Takes over the consumer. */
    RawLog(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /** A topic of that name as it is now: it may have been made anew since another one was opened. */
    static RawLog of(KafkaClientConfig kafka, String topic) {
        var settings = new HashMap<>(kafka.consumer());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new RawLog(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), topic);
    }

    /** Takes a batch. */
    interface Step {
        /**
         * @param records in order, perhaps none
         * @param next offset behind them
         */
        void take(List<ConsumerRecord<byte[], byte[]>> records, long next) throws InterruptedException;
    }

    List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }

    /** Where the committed part of each partition ends now. */
    Map<TopicPartition, Long> ends() {
        var partitions = partitions();
        consumer.assign(partitions); // or it warns of each that it is not
        return consumer.endOffsets(partitions);
    }

    /** Reads a partition from an offset, or the first record behind it, to its end as it is now. */
    void read(TopicPartition partition, long from, Step step) throws InterruptedException {
        consumer.assign(List.of(partition));
        if (from == 0) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, from);
        }
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            var records = consumer.poll(POLL).records(partition);
            step.take(records, consumer.position(partition));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
