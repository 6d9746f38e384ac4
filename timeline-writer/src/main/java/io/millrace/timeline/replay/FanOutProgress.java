package io.millrace.timeline.replay;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far the router has brought what stands in {@code inbox} into timelines. */
final class FanOutProgress {
    static final String INBOX = TopicCatalogue.INBOX.name();

    private final KafkaClientConfig kafka;
    private final ReplayLog log;
    private final Duration patience;

    FanOutProgress(KafkaClientConfig kafka, ReplayLog log, Duration patience) {
        this.kafka = kafka;
        this.log = log;
        this.patience = patience;
    }

    /**
     * Returns when all that belongs to transactions which are committed now has become entries, which can be read then
     * through the offsets that are returned. A transaction becomes visible in one partition after the other: so what was
     * written is waited for, not what can be read.
     *
     * @param partitions of users
     * @return by partition of {@code timeline-entries}
     * @throws ReplayException if that takes longer than the patience
     */
    Map<TopicPartition, Long> await(Collection<Integer> partitions) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var left = settled(INBOX, partitions, deadline);
        try (var admin = Admin.create(kafka.client())) {
            while (!left.isEmpty()) {
                var committed = committed(admin);
                for (var partition : List.copyOf(left.keySet())) {
                    if (isPast(partition, left.getOrDefault(partition, 0L), committed)) {
                        left.remove(partition);
                    }
                }
                pause(left.keySet(), deadline);
            }
        }
        return settled(Sources.ENTRIES, partitions, deadline);
    }

    /** Where partitions end, once all that was written before is committed or aborted. */
    private Map<TopicPartition, Long> settled(String topic, Collection<Integer> partitions, long deadline)
            throws InterruptedException {
        var ends = new HashMap<>(log.writtenEnds(
                partitions.stream().map(each -> new TopicPartition(topic, each)).toList()));
        var open = new HashSet<>(ends.keySet());
        while (!open.isEmpty()) {
            var readable = log.ends(open);
            open.removeIf(partition -> readable.getOrDefault(partition, 0L) >= ends.getOrDefault(partition, 0L));
            pause(open, deadline);
        }
        return ends;
    }

    private void pause(Set<TopicPartition> open, long deadline) throws InterruptedException {
        if (open.isEmpty()) {
            return;
        }
        if (System.nanoTime() > deadline) {
            throw new ReplayException("the router has not done what stands in " + open + " within "
                    + patience.toSeconds() + " s; is it running? What it has not done yet is not missing");
        }
        TimeUnit.MILLISECONDS.sleep(200);
    }

    private static Map<TopicPartition, Long> committed(Admin admin) throws InterruptedException {
        try {
            var offsets = new HashMap<TopicPartition, Long>();
            admin.listConsumerGroupOffsets(TopicCatalogue.USERS_APP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition, offset.offset());
                        }
                    });
            return offsets;
        } catch (ExecutionException e) {
            throw new KafkaException("the router's progress cannot be read", e.getCause());
        }
    }

    /** Behind the last record there may be marks of transactions, over which the router's place does not always go. */
    private boolean isPast(TopicPartition partition, long end, Map<TopicPartition, Long> committed)
            throws InterruptedException {
        long at = committed.getOrDefault(partition, 0L);
        if (at >= end) {
            return true;
        }
        var records = new ArrayList<Integer>();
        try (var reader = log.reader(partition, at)) {
            reader.readTo(end, (batch, next) -> records.add(batch.size()));
        }
        return records.stream().allMatch(size -> size == 0);
    }
}
