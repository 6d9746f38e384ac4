package io.millrace.router.runtime;

import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.service.lifecycle.RefusedToStartException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What must hold before numbers may be given: the cluster and the partition counts of the epoch, for every partition
 * whose output is not empty a changelog that is not empty either, and for every partition of a source a place to go on
 * from. Numbers must never restart, and nothing is decided twice or passed over.
 */
public final class StartGuards {
    private final Admin admin;
    private final LogNames names;
    private final CommittedRecords committed;

    public StartGuards(KafkaClientConfig kafka, Admin admin, LogNames names) {
        this.admin = admin;
        this.names = names;
        this.committed = new CommittedRecords(kafka);
    }

    /**
     * The epoch of the log, if this is its cluster and these are its partition counts.
     *
     * @throws RefusedToStartException with the way out
     */
    public static Epoch checkedEpoch(KafkaClientConfig kafka, Admin admin) throws InterruptedException {
        var epoch = EpochRecord.read(kafka.client(), kafka.serdes().deserializer(Epoch.class))
                .orElseThrow(() -> new RefusedToStartException("the log has no epoch; provision the topics first"));
        try {
            var guards = new StartGuards(kafka, admin, LogNames.live());
            guards.checkCluster(epoch);
            guards.checkNoReshard();
            guards.checkPartitions(PartitionCounts.of(epoch));
            return epoch;
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    /** @throws RefusedToStartException with the way out */
    public void checkChangelogs() throws InterruptedException {
        try {
            if (!names.isShadow()) {
                checkNoRebuild();
            }
            checkChangelog(TopicCatalogue.CONVERSATION_EVENTS, TopicCatalogue.CONVERSATIONS_APP);
            checkChangelog(TopicCatalogue.TIMELINE_ENTRIES, TopicCatalogue.USERS_APP);
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    /** @throws RefusedToStartException with the way out */
    public void checkPlaces() throws InterruptedException {
        try {
            var lost = new Places(admin, names).lost();
            if (!lost.isEmpty()) {
                throw new RefusedToStartException(lost.get(0).trouble()
                        + (lost.size() == 1 ? "" : " (and " + (lost.size() - 1) + " partitions more)")
                        + ". " + wayOut());
            }
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    private static KafkaException unchecked(ExecutionException e) {
        return new KafkaException("the start guards could not be checked: " + e.getCause(), e.getCause());
    }

    private void checkCluster(Epoch epoch) throws InterruptedException, ExecutionException {
        var clusterId = admin.describeCluster().clusterId().get();
        if (!clusterId.equals(epoch.getClusterId())) {
            throw new RefusedToStartException("this is cluster " + clusterId + ", but epoch " + epoch.getEpoch()
                    + " belongs to cluster " + epoch.getClusterId()
                    + "; after a restore a new epoch is needed, see runbooks/restore.md");
        }
    }

    private void checkNoReshard() throws InterruptedException, ExecutionException {
        if (admin.listTopics().names().get().contains(TopicCatalogue.RESHARD)) {
            throw new RefusedToStartException(
                    "partition counts are being changed; end that first, see runbooks/reshard.md");
        }
    }

    private void checkNoRebuild() throws InterruptedException, ExecutionException {
        if (admin.listTopics().names().get().contains(TopicCatalogue.REBUILD)) {
            throw new RefusedToStartException("the changelogs are being made again, or that was cut off: numbers would"
                    + " start again. " + wayOut());
        }
    }

    private void checkPartitions(PartitionCounts counts) throws InterruptedException, ExecutionException {
        var names = TopicCatalogue.ALL.stream().map(TopicSpec::name).toList();
        var existing = admin.listTopics().names().get();
        for (var name : names) {
            if (!existing.contains(name)) {
                throw new RefusedToStartException(
                        "topic " + name + " is missing, or hidden from this user; provision the topics first");
            }
        }
        var described = admin.describeTopics(names).allTopicNames().get();
        for (var topic : TopicCatalogue.ALL) {
            var description = described.get(topic.name());
            int found = description == null ? 0 : description.partitions().size();
            if (found != topic.partitions(counts)) {
                throw new RefusedToStartException("topic " + topic.name() + " has " + found
                        + " partitions, the epoch says " + topic.partitions(counts)
                        + "; keys would move to other partitions, see runbooks/router-refuses-to-start.md");
            }
        }
    }

    /**
     * What is committed in an output is committed in the changelog too, for one transaction holds both; what another router
     * has not committed yet says nothing. So the output is asked first, as far as it is committed.
     */
    private void checkChangelog(TopicSpec<?> spec, String stage) throws InterruptedException, ExecutionException {
        var output = names.sink(spec);
        var changelog = TopicCatalogue.changelog(names.application(stage), StageStore.NAME);
        var written = sizes(output, IsolationLevel.READ_COMMITTED);
        boolean exists = admin.listTopics().names().get().contains(changelog);
        var kept = exists ? sizes(changelog, IsolationLevel.READ_UNCOMMITTED) : Map.<Integer, Long>of();
        for (var partition : written.entrySet()) {
            int number = partition.getKey();
            if (partition.getValue() > 0
                    && kept.getOrDefault(number, 0L) == 0
                    && committed.areIn(new TopicPartition(output, number))) {
                throw lost(changelog + " partition " + number, output);
            }
        }
    }

    private RefusedToStartException lost(String changelog, String output) {
        return new RefusedToStartException("changelog " + changelog + " is missing or empty while " + output
                + " is not: numbers would start again. " + wayOut());
    }

    private String wayOut() {
        return names.shadow()
                .map(shadow ->
                        "Drop the shadow and let it begin again (./millrace replay shadow drop " + shadow.name() + ")")
                .orElse("Run the router once with 'rebuild-state' (./millrace rebuild-state), which finds the place,"
                        + " see runbooks/router-refuses-to-start.md");
    }

    /** End offsets by partition; an end above 0 means that something was written. */
    private Map<Integer, Long> sizes(String topic, IsolationLevel isolation)
            throws InterruptedException, ExecutionException {
        var description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        var request = new HashMap<TopicPartition, OffsetSpec>();
        if (description != null) {
            description
                    .partitions()
                    .forEach(p -> request.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
        }
        var sizes = new HashMap<Integer, Long>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : admin.listOffsets(
                        request, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .entrySet()) {
            sizes.put(end.getKey().partition(), end.getValue().offset());
        }
        return sizes;
    }
}
