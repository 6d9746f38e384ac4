package io.millrace.schemas.topic;

import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.serde.HttpSchemaRegistry;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Creates what is missing of the catalogue and never alters what is there: topics, schemas (compatibility
 * FULL_TRANSITIVE), for a newly created source of the router its start offset, and the epoch. Calling it again changes
 * nothing. Not thread-safe.
 */
public final class TopicProvisioner {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);

    private final Map<String, Object> client;
    private final String registryUrl;
    private final PartitionCounts counts;
    private final short replicationFactor;

    /**
     * @param client Kafka client settings ({@code bootstrap.servers}, security), and how the registry knows us
     * @param registryUrl base URL of the schema registry
     * @param replicationFactor of every topic; 1 on a single broker, else 3. All replicas but one must have a record
     *     before it is accepted ({@code min.insync.replicas}), whatever the broker's own setting is
     */
    public TopicProvisioner(
            Map<String, Object> client, String registryUrl, PartitionCounts counts, short replicationFactor) {
        this.client = Map.copyOf(client);
        this.registryUrl = registryUrl;
        this.counts = counts;
        this.replicationFactor = replicationFactor;
    }

    /**
     * Returns the names of the topics that it created.
     *
     * @throws KafkaException if the broker refuses or a topic exists with another number of partitions
     */
    public Set<String> provision() throws InterruptedException {
        var registry = new HttpSchemaRegistry(registryUrl, true, client);
        registry.setCompatibility("FULL_TRANSITIVE");
        for (var topic : TopicCatalogue.ALL) {
            registry.idOf(topic.name() + "-value", SpecificData.get().getSchema(topic.value()));
        }
        try (var admin = Admin.create(client)) {
            var created = createTopics(admin);
            checkPartitions(admin);
            commitStartOffsets(admin, created);
            var clusterId = admin.describeCluster().clusterId().get();
            writeEpoch(clusterId);
            return created;
        } catch (ExecutionException e) {
            throw new KafkaException("the topics could not be provisioned: " + e.getCause(), e.getCause());
        }
    }

    private Set<String> createTopics(Admin admin) throws InterruptedException, ExecutionException {
        var existing = admin.listTopics().names().get();
        if (existing.contains(TopicCatalogue.RESHARD)) {
            throw new KafkaException("partition counts are being changed; end that first, see runbooks/reshard.md");
        }
        var missing = new ArrayList<NewTopic>();
        for (var topic : TopicCatalogue.ALL) {
            if (!existing.contains(topic.name())) {
                missing.add(new NewTopic(topic.name(), topic.partitions(counts), replicationFactor)
                        .configs(settings(topic)));
            }
        }
        var created = new TreeSet<String>();
        for (var entry : admin.createTopics(missing).values().entrySet()) {
            try {
                entry.getValue().get();
                created.add(entry.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return created;
    }

    private Map<String, String> settings(TopicSpec<?> topic) {
        var settings = new HashMap<>(topic.settings());
        settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(Math.max(1, replicationFactor - 1)));
        return settings;
    }

    private void checkPartitions(Admin admin) throws InterruptedException, ExecutionException {
        var names = TopicCatalogue.ALL.stream().map(TopicSpec::name).toList();
        var described = describe(admin, names);
        for (var topic : TopicCatalogue.ALL) {
            var description = described.get(topic.name());
            int found = description == null ? 0 : description.partitions().size();
            if (found != topic.partitions(counts)) {
                throw new KafkaException("topic " + topic.name() + " has " + found + " partitions, the settings say "
                        + topic.partitions(counts)
                        + "; partition counts are fixed once a topic exists, unless changed as"
                        + " runbooks/reshard.md says");
            }
        }
    }

    /** A broker that has just made a topic may not know it for a moment. */
    private static Map<String, TopicDescription> describe(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    /** The router never resets an offset: a source starts at 0 because it is told so, once, here. */
    private void commitStartOffsets(Admin admin, Set<String> created) throws InterruptedException, ExecutionException {
        for (var application : TopicCatalogue.SOURCES.entrySet()) {
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            var committed = admin.listConsumerGroupOffsets(application.getKey())
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (var topic : application.getValue()) {
                for (int p = 0; p < topic.partitions(counts) && created.contains(topic.name()); p++) {
                    var partition = new TopicPartition(topic.name(), p);
                    if (committed.get(partition) == null) {
                        offsets.put(partition, new OffsetAndMetadata(0)); // Streams reads its own metadata there
                    }
                }
            }
            if (!offsets.isEmpty()) {
                admin.alterConsumerGroupOffsets(application.getKey(), offsets)
                        .all()
                        .get();
            }
        }
    }

    private void writeEpoch(String clusterId) throws InterruptedException, ExecutionException {
        var serdes = RecordSerdes.at(registryUrl, client);
        if (EpochRecord.read(client, serdes.deserializer(Epoch.class)).isPresent()) {
            return;
        }
        var settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer(Epoch.class))) {
            var name = "e-" + UUID.randomUUID().toString().substring(0, 8);
            var epoch = new Epoch(
                    name,
                    clusterId,
                    counts.conversations(),
                    counts.users(),
                    counts.lanes(),
                    Clock.systemUTC().instant());
            producer.send(new ProducerRecord<>(TopicCatalogue.EPOCHS.name(), EpochRecord.KEY, epoch))
                    .get();
        }
    }
}
