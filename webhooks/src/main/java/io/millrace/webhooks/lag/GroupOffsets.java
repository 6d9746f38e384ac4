package io.millrace.webhooks.lag;

import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Where a group stands in {@code conversation-events}, and how an empty group is put elsewhere. Thread-safe. */
public final class GroupOffsets implements AutoCloseable {
    private static final String TOPIC = TopicCatalogue.CONVERSATION_EVENTS.name();
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    private final Admin admin;

    /** Takes over the client. */
    public GroupOffsets(Admin admin) {
        this.admin = admin;
    }

    /** Members are still in the group; it takes their offsets alone. */
    public static final class GroupInUseException extends Exception {
        private static final long serialVersionUID = 1L;

        GroupInUseException(Throwable cause) {
            super("the group has members", cause);
        }
    }

    /**
     * One partition of one group.
     *
     * @param committed the offset that is read next
     * @param end behind the last record that may be read
     */
    public record Position(long committed, long end) {
        /** Records that are still to be looked at, those of transactions' ends included. */
        public long lag() {
            return Math.max(0, end - committed);
        }
    }

    /** By partition, those of which something was committed. */
    public Map<Integer, Position> of(String group) throws ExecutionException, TimeoutException, InterruptedException {
        var ends = offsets(OffsetSpec.latest());
        var committed = answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        var positions = new TreeMap<Integer, Position>();
        ends.forEach((partition, end) -> {
            var at = committed.get(partition);
            if (at != null) {
                positions.put(partition.partition(), new Position(at.offset(), end));
            }
        });
        return positions;
    }

    /**
     * Puts every partition of a group without members where the first record of that time or later is.
     *
     * @return the offsets, by partition
     */
    public Map<Integer, Long> moveTo(String group, Instant time)
            throws GroupInUseException, ExecutionException, TimeoutException, InterruptedException {
        var ends = offsets(OffsetSpec.latest());
        var found = offsets(OffsetSpec.forTimestamp(time.toEpochMilli()));
        var offsets = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            long offset = found.getOrDefault(partition, -1L);
            offsets.put(partition, offset < 0 ? end : (Long) offset); // nothing so late: the end
        });
        return move(group, offsets);
    }

    /**
     * Puts one partition of a group without members at an offset.
     *
     * @throws IllegalArgumentException if the log has no such partition or offset, or the group stands nowhere: the other
     *     partitions would be passed
     */
    public Map<Integer, Long> moveTo(String group, int partition, long offset)
            throws GroupInUseException, ExecutionException, TimeoutException, InterruptedException {
        var at = new TopicPartition(TOPIC, partition);
        var first = offsets(OffsetSpec.earliest()).get(at);
        var end = offsets(OffsetSpec.latest()).get(at);
        if (first == null || end == null) {
            throw new IllegalArgumentException("there is no such partition");
        }
        if (offset < first || offset > end) {
            throw new IllegalArgumentException("partition " + partition + " has offsets " + first + " to " + end);
        }
        if (of(group).isEmpty()) {
            throw new IllegalArgumentException("the group stands nowhere; say time=…");
        }
        return move(group, Map.of(at, offset));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }

    private Map<Integer, Long> move(String group, Map<TopicPartition, Long> offsets)
            throws GroupInUseException, ExecutionException, TimeoutException, InterruptedException {
        var wanted = new HashMap<TopicPartition, OffsetAndMetadata>();
        offsets.forEach((partition, offset) -> wanted.put(partition, new OffsetAndMetadata(offset)));
        try {
            answer(admin.alterConsumerGroupOffsets(group, wanted).all());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownMemberIdException || e.getCause() instanceof GroupNotEmptyException) {
                throw new GroupInUseException(e.getCause());
            }
            throw e;
        }
        return offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(), Map.Entry::getValue, (a, b) -> b, TreeMap::new));
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec)
            throws ExecutionException, TimeoutException, InterruptedException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        answer(admin.describeTopics(List.of(TOPIC)).allTopicNames()).values().forEach(topic -> topic.partitions()
                .forEach(partition -> asked.put(new TopicPartition(TOPIC, partition.partition()), spec)));
        var found = answer(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
        var offsets = new HashMap<TopicPartition, Long>();
        found.forEach((partition, result) -> offsets.put(partition, result.offset()));
        return offsets;
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
