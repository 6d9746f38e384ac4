package io.millrace.router.conversation;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.InboxRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Groups recipients by the partition their user commands go to: one inbox record each, the body once. */
final class InboxFanOut {
    private final int partitions;

    InboxFanOut(int partitions) {
        this.partitions = partitions;
    }

    /**
     * In order of partition; members in the order given.
     *
     * @param receipts whether the others want to know when it is delivered
     */
    Collection<InboxRecord> perPartition(List<String> recipients, ConversationEvent event, boolean receipts) {
        var byPartition = byPartition(recipients);
        var records = new ArrayList<InboxRecord>(byPartition.size());
        byPartition.forEach((partition, members) -> records.add(new InboxRecord(partition, members, event, receipts)));
        return records;
    }

    /** In order of partition; users in the order given. */
    Map<Integer, List<String>> byPartition(List<String> users) {
        var byPartition = new TreeMap<Integer, List<String>>();
        for (var user : users) {
            byPartition
                    .computeIfAbsent(partitionOf(user), p -> new ArrayList<>())
                    .add(user);
        }
        return byPartition;
    }

    /** The partition a producer chooses for a record with this user as its key. */
    int partitionOf(String user) {
        return BuiltInPartitioner.partitionForKey(user.getBytes(StandardCharsets.UTF_8), partitions);
    }

    static StreamPartitioner<String, InboxRecord> partitioner() {
        return (topic, key, value, count) -> Optional.of(Set.of(value.getPartition()));
    }
}
