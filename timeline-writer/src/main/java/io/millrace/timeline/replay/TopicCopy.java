package io.millrace.timeline.replay;

import io.millrace.service.kafka.KafkaClientConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a topic into one with other partitions: each record where the next of its key will be, with its time and headers.
 * How far it is is committed in one transaction with the records, as the place of a group; so a run that was killed is gone
 * on with, and no record is there twice or missing.
 */
final class TopicCopy {
    /** Whose places say how far each partition is copied. */
    static final String GROUP = "reshard";

    private static final int MOST_RECORDS = 10_000;
    private static final long MOST_BYTES = 8L << 20;

    private final KafkaClientConfig kafka;
    private final Admin admin;
    private final OperatorHand hand;
    private final Pace pace;
    private final int perTransaction;
    private final ConsumerGroupMetadata group;

    /** @param rate records a second at most; 0: as fast as it goes */
    TopicCopy(KafkaClientConfig kafka, Admin admin, OperatorHand hand, int rate) {
        this.kafka = kafka;
        this.admin = admin;
        this.hand = hand;
        this.pace = new Pace(rate);
        this.group = group(kafka);
        this.perTransaction = rate == 0 ? MOST_RECORDS : Math.min(MOST_RECORDS, rate);
    }

    private static ConsumerGroupMetadata group(KafkaClientConfig kafka) {
        var settings = new HashMap<>(kafka.consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /**
     * Goes on until all is copied that there is.
     *
     * @param topic as the catalogue names it
     * @param partitions of the copy
     */
    void run(String topic, String from, String to, int partitions, ProgressLine line)
            throws InterruptedException, ExecutionException {
        var done = done();
        try (var log = RawLog.of(kafka, from)) {
            var ends = log.ends();
            line.begin(ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - done.getOrDefault(end.getKey(), 0L))
                    .sum());
            for (var partition : log.partitions()) {
                long begin = done.getOrDefault(partition, 0L);
                var batch = new Batch(topic, to, partitions, partition, begin, line);
                log.read(partition, begin, batch::take);
                batch.commit();
            }
        }
    }

    /** What was copied from a topic is no longer there. */
    void forget(String from, int partitions) throws InterruptedException, ExecutionException {
        var places = new HashSet<TopicPartition>();
        for (int partition = 0; partition < partitions; partition++) {
            places.add(new TopicPartition(from, partition));
        }
        try {
            places.retainAll(done().keySet());
            if (!places.isEmpty()) {
                admin.deleteConsumerGroupOffsets(GROUP, places).all().get();
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    /** Nothing is to be gone on with any more. */
    static void end(Admin admin) throws InterruptedException, ExecutionException {
        try {
            admin.deleteConsumerGroups(List.of(GROUP)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    /** A transaction of a run that was killed may be open still; it is waited for. */
    private Map<TopicPartition, Long> done() throws InterruptedException, ExecutionException {
        var done = new HashMap<TopicPartition, Long>();
        try {
            admin.listConsumerGroupOffsets(GROUP, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            done.put(partition, offset.offset());
                        }
                    });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return done;
    }

    /** Records of one partition on their way. */
    private final class Batch {
        private final String topic;
        private final String to;
        private final int partitions;
        private final TopicPartition from;
        private final ProgressLine line;
        private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        private long bytes;
        private long at;
        private long committed;

        private Batch(String topic, String to, int partitions, TopicPartition from, long committed, ProgressLine line) {
            this.topic = topic;
            this.to = to;
            this.partitions = partitions;
            this.from = from;
            this.at = committed;
            this.committed = committed;
            this.line = line;
        }

        private void take(List<ConsumerRecord<byte[], byte[]>> read, long next) throws InterruptedException {
            for (var record : read) {
                int partition = Placement.of(topic, record.key(), record.partition(), partitions);
                records.add(new ProducerRecord<>(
                        to, partition, record.timestamp(), record.key(), record.value(), record.headers()));
                bytes += size(record.key()) + size(record.value());
                at = record.offset() + 1;
                if (records.size() >= perTransaction || bytes >= MOST_BYTES) {
                    commit();
                }
            }
            at = next;
        }

        private void commit() throws InterruptedException {
            if (at == committed) {
                return;
            }
            pace.take(records.size());
            hand.carry(records, group, Map.of(from, at));
            line.advance(records.size(), at - committed);
            line.print();
            committed = at;
            records.clear();
            bytes = 0;
        }

        private static int size(byte @Nullable [] field) {
            return field == null ? 0 : field.length;
        }
    }
}
