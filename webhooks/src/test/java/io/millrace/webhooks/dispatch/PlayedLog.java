package io.millrace.webhooks.dispatch;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.webhooks.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A log with its partitions, and the committed offsets of one group over the lives of several of its members, which are
 * Kafka's own in-memory consumers. Thread-safe.
 */
final class PlayedLog {
    private static final String TOPIC = TopicCatalogue.CONVERSATION_EVENTS.name();

    private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new ConcurrentHashMap<>();
    private @Nullable Member member;

    /** Remembers what it committed. */
    private final class Member extends MockConsumer<String, byte[]> {
        Member() {
            super("none");
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            super.commitSync(offsets, timeout);
            committed.putAll(offsets);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            super.commitAsync(offsets, callback);
            committed.putAll(offsets);
        }
    }

    PlayedLog(int partitions) {
        for (int i = 0; i < partitions; i++) {
            records.put(new TopicPartition(TOPIC, i), new ArrayList<>());
        }
    }

    /** A new member, alone in its group: it gets everything behind what was committed. */
    synchronized MockConsumer<String, byte[]> join() {
        var joining = new Member();
        var beginnings = new HashMap<TopicPartition, Long>();
        var ends = new HashMap<TopicPartition, Long>();
        var waiting = new ArrayList<ConsumerRecord<String, byte[]>>();
        records.forEach((partition, all) -> {
            beginnings.put(partition, 0L);
            ends.put(partition, (long) all.size());
            waiting.addAll(all.subList((int) committed(partition.partition()), all.size()));
        });
        joining.setMaxPollRecords(Feed.POLL_RECORDS);
        joining.updateBeginningOffsets(beginnings);
        joining.updateEndOffsets(ends);
        joining.updatePartitions(
                TOPIC,
                records.keySet().stream()
                        .map(partition -> new PartitionInfo(TOPIC, partition.partition(), null, null, null))
                        .toList());
        var before = Map.copyOf(committed);
        var all = Set.copyOf(records.keySet());
        joining.schedulePollTask(() -> {
            joining.commitSync(before, Duration.ofSeconds(1)); // it forgets what it knew when it subscribes
            joining.rebalance(all);
            waiting.forEach(joining::addRecord);
        });
        member = joining;
        return joining;
    }

    /** The member that joined last. */
    synchronized MockConsumer<String, byte[]> member() {
        if (member == null) {
            throw new IllegalStateException("nobody has joined");
        }
        return member;
    }

    void add(int partition, ConversationEvent event) {
        add(partition, event.getConversation(), Events.avro(event));
    }

    synchronized void add(int partition, String key, byte[] value) {
        var all = records.get(new TopicPartition(TOPIC, partition));
        var record = new ConsumerRecord<>(
                TOPIC,
                partition,
                all.size(),
                Events.AT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
        all.add(record);
        var present = member;
        if (present != null && !present.closed()) {
            present.schedulePollTask(() -> present.addRecord(record));
        }
    }

    /** As a broker does with the offsets of a group that had no member for too long. */
    void forget() {
        committed.clear();
    }

    /** Puts the first partition there, and the others at their beginning. */
    synchronized void moveTo(long offset) {
        records.keySet()
                .forEach(partition ->
                        committed.put(partition, new OffsetAndMetadata(partition.partition() == 0 ? offset : 0)));
    }

    /** The offset that is read next; 0 before the first commit. */
    long committed(int partition) {
        var offset = committed.get(new TopicPartition(TOPIC, partition));
        return offset == null ? 0 : offset.offset();
    }
}
