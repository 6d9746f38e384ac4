package io.millrace.router.runtime;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Where each application goes on in its sources: the committed offsets, held against what the topics have. Only sources
 * that are never reset; signals and receipts are told or not told, and go on at their end.
 */
public final class Places {
    private static final Map<String, List<TopicSpec<?>>> SOURCES = new TreeMap<>(Map.of(
            TopicCatalogue.CONVERSATIONS_APP,
            List.of(TopicCatalogue.COMMANDS),
            TopicCatalogue.USERS_APP,
            List.of(TopicCatalogue.INBOX, TopicCatalogue.USER_COMMANDS)));

    private final Admin admin;
    private final LogNames names;

    public Places(Admin admin, LogNames names) {
        this.admin = admin;
        this.names = names;
    }

    /**
     * One partition of a source.
     *
     * @param committed offset of the next record; null if none is committed
     * @param begin of the partition
     * @param end of the partition
     */
    public record Place(
            String application,
            TopicPartition partition,
            @Nullable Long committed,
            long begin,
            long end) {
        /** Whether the application could not go on there. */
        public boolean isLost() {
            return committed == null || committed < begin || committed > end;
        }

        /** What is wrong with a place that is lost. */
        public String trouble() {
            var where = partition.topic() + " partition " + partition.partition();
            if (committed == null) {
                return "application " + application + " has no committed offset in " + where;
            }
            return committed < begin
                    ? "application " + application + " goes on at offset " + committed + " of " + where
                            + ", which begins at " + begin + ": records were deleted before they were read"
                    : "application " + application + " goes on at offset " + committed + " of " + where
                            + ", which ends at " + end + ": the topic has lost records";
        }
    }

    /** Places at which an application could not go on, in order. */
    public List<Place> lost() throws InterruptedException, ExecutionException {
        var lost = new ArrayList<Place>();
        for (var sources : SOURCES.entrySet()) {
            var application = names.application(sources.getKey());
            var committed = committed(application);
            for (var source : sources.getValue()) {
                var begins = offsets(names.source(source), OffsetSpec.earliest());
                var ends = offsets(names.source(source), OffsetSpec.latest());
                begins.forEach((partition, begin) -> {
                    var place = new Place(
                            application,
                            partition,
                            committed.get(partition),
                            begin,
                            ends.getOrDefault(partition, begin));
                    if (place.isLost()) {
                        lost.add(place);
                    }
                });
            }
        }
        return lost;
    }

    private Map<TopicPartition, Long> committed(String application) throws InterruptedException, ExecutionException {
        var committed = new HashMap<TopicPartition, Long>();
        try {
            admin.listConsumerGroupOffsets(application)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            committed.put(partition, offset.offset());
                        }
                    });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return committed;
    }

    /** By partition, in order. */
    private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which)
            throws InterruptedException, ExecutionException {
        var described =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        if (described != null) {
            described.partitions().forEach(p -> asked.put(new TopicPartition(topic, p.partition()), which));
        }
        var offsets = new TreeMap<TopicPartition, Long>(Comparator.comparingInt(TopicPartition::partition));
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                admin.listOffsets(asked).all().get().entrySet()) {
            offsets.put(found.getKey(), found.getValue().offset());
        }
        return offsets;
    }
}
