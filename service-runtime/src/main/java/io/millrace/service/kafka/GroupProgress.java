package io.millrace.service.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far somebody else's consumer group has come with what was written by now. Waits at most until its deadline. */
public final class GroupProgress {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClientConfig kafka;
    private final long deadlineNanos;

    /** @param patience how long all that is asked of this may take together */
    public GroupProgress(KafkaClientConfig kafka, Duration patience) {
        this.kafka = kafka;
        this.deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    /**
     * Where partitions end, once all that was written before is committed or aborted. A transaction becomes visible in one
     * partition after the other: so what was written is waited for, not what can be read.
     *
     * @throws TimeoutException if a transaction is open for longer than the patience
     */
    public Map<TopicPartition, Long> settled(Collection<TopicPartition> partitions)
            throws InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends;
        try (var consumer = consumer("read_uncommitted")) {
            ends = new HashMap<>(consumer.endOffsets(partitions));
        }
        var open = new HashSet<>(ends.keySet());
        try (var consumer = consumer("read_committed")) {
            while (!open.isEmpty()) {
                var readable = consumer.endOffsets(open);
                open.removeIf(each -> readable.getOrDefault(each, 0L) >= ends.getOrDefault(each, 0L));
                pause(open);
            }
        }
        return ends;
    }

    /**
     * Returns when a group has committed that it took all committed records before these offsets.
     *
     * @param offsets none of them behind the end of what is committed
     * @throws TimeoutException if that takes longer than the patience
     */
    public void await(String group, Map<TopicPartition, Long> offsets) throws InterruptedException, TimeoutException {
        var left = new HashMap<>(offsets);
        try (var admin = Admin.create(kafka.client());
                var consumer = consumer("read_committed")) {
            while (!left.isEmpty()) {
                var committed = committed(admin, group);
                for (var partition : List.copyOf(left.keySet())) {
                    long end = left.getOrDefault(partition, 0L);
                    if (isPast(consumer, partition, end, committed.getOrDefault(partition, 0L))) {
                        left.remove(partition);
                    }
                }
                pause(left.keySet());
            }
        }
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String group) throws InterruptedException {
        try {
            var offsets = new HashMap<TopicPartition, Long>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition, offset.offset());
                        }
                    });
            return offsets;
        } catch (ExecutionException e) {
            throw new KafkaException("the progress of group " + group + " cannot be read", e.getCause());
        }
    }

    /** Behind the last record there may be marks of transactions, over which a group's place does not always go. */
    private static boolean isPast(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long end, long at) {
        if (at >= end) {
            return true;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, at);
        while (consumer.position(partition) < end) {
            var next = consumer.poll(POLL).iterator();
            if (next.hasNext()) {
                return next.next().offset() >= end;
            }
        }
        return true;
    }

    private void pause(Set<TopicPartition> open) throws InterruptedException, TimeoutException {
        if (open.isEmpty()) {
            return;
        }
        if (System.nanoTime() > deadlineNanos) {
            throw new TimeoutException(open.toString());
        }
        TimeUnit.MILLISECONDS.sleep(200);
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        var settings = new HashMap<>(kafka.consumer());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
