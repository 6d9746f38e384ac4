package io.millrace.timeline;

import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.serde.RegistryUnavailableException;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.service.kafka.KafkaRefusal;
import io.millrace.service.lifecycle.RefusedToStartException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the numbering that is in force and checks that it belongs to this cluster. */
public final class Numbering {
    private static final Logger LOGGER = LoggerFactory.getLogger(Numbering.class);

    private final KafkaClientConfig kafka;

    public Numbering(KafkaClientConfig kafka) {
        this.kafka = kafka;
    }

    /**
     * The epoch; empty while Kafka or the registry is away or the topics are not there yet: ask again.
     *
     * @throws RefusedToStartException if the log is another one than the epoch was written for
     * @throws KafkaException if the broker answers and will not have us: asking again would not help
     */
    public Optional<String> ask() throws InterruptedException {
        try {
            var epoch = EpochRecord.read(kafka.consumer(), kafka.serdes().deserializer(Epoch.class));
            if (epoch.isPresent()) {
                check(epoch.get());
            }
            return epoch.map(Epoch::getEpoch);
        } catch (ExecutionException e) {
            if (KafkaRefusal.in(e).isPresent()) {
                throw new KafkaException("the numbering cannot be read", e.getCause());
            }
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("epoch.unavailable");
            return Optional.empty();
        } catch (RegistryUnavailableException e) {
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("epoch.unavailable");
            return Optional.empty();
        } catch (RefusedToStartException e) {
            throw e;
        } catch (KafkaException e) {
            if (KafkaRefusal.in(e).isPresent()) {
                throw e;
            }
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("epoch.unavailable");
            return Optional.empty();
        }
    }

    private void check(Epoch epoch) throws InterruptedException, ExecutionException {
        var wanted = Map.of(
                TopicCatalogue.CONVERSATION_EVENTS.name(),
                epoch.getConversationPartitions(),
                TopicCatalogue.TIMELINE_ENTRIES.name(),
                epoch.getUserPartitions());
        try (var admin = Admin.create(kafka.client())) {
            var cluster = admin.describeCluster().clusterId().get();
            if (!cluster.equals(epoch.getClusterId())) {
                throw new RefusedToStartException("epoch " + epoch.getEpoch() + " belongs to Kafka cluster "
                        + epoch.getClusterId() + ", this is " + cluster + "; see runbooks/restore.md");
            }
            if (admin.listTopics().names().get().contains(TopicCatalogue.RESHARD)) {
                throw new RefusedToStartException(
                        "partition counts are being changed; end that first, see runbooks/reshard.md");
            }
            var topics = admin.describeTopics(List.copyOf(wanted.keySet()))
                    .allTopicNames()
                    .get();
            topics.forEach((name, topic) -> {
                int found = topic.partitions().size();
                if (found != wanted.getOrDefault(name, 0)) {
                    throw new RefusedToStartException("topic " + name + " has " + found + " partitions, epoch "
                            + epoch.getEpoch() + " was written for " + wanted.get(name));
                }
            });
        }
    }
}
