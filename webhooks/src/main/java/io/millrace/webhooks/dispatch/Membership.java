package io.millrace.webhooks.dispatch;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.webhooks.state.Pauses;
import io.millrace.webhooks.state.StateUnavailableException;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions come and go. A partition of which nothing was ever committed begins where the subscriber's settings say, and
 * that is committed before anything else: a process that dies then has not moved the beginning. A group that stood somewhere
 * and stands nowhere now has lost its offsets: it does not begin again, for nobody knows what would be missed.
 */
final class Membership implements ConsumerRebalanceListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(Membership.class);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    /** Others of the group wait meanwhile. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

    private final SubscriberSettings subscriber;
    private final Consumer<String, byte[]> consumer;
    private final Deliveries deliveries;
    private final Pauses pauses;
    private final Runnable joined;

    Membership(
            SubscriberSettings subscriber,
            Consumer<String, byte[]> consumer,
            Deliveries deliveries,
            Pauses pauses,
            Runnable joined) {
        this.subscriber = subscriber;
        this.consumer = consumer;
        this.deliveries = deliveries;
        this.pauses = pauses;
        this.joined = joined;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        // asked before the offsets: whoever remembered it had committed some
        boolean begun = pauses.hasBegun(subscriber.name());
        var committed = consumer.committed(Set.copyOf(added), ANSWERED_WITHIN);
        var unknown = new HashSet<TopicPartition>();
        for (var partition : added) {
            var offset = committed.get(partition);
            if (offset == null) {
                unknown.add(partition);
            } else {
                deliveries.begin(partition, offset);
            }
        }
        if (!unknown.isEmpty()) {
            if (begun && standsNowhere()) {
                throw new NoOffsetForPartitionException(unknown);
            }
            beginAnew(unknown);
        }
        if (!begun && !added.isEmpty()) {
            remember();
        }
        joined.run();
        LOGGER.atInfo()
                .addKeyValue("subscriber", subscriber.name())
                .addKeyValue("partitions", deliveries.partitions())
                .log("partitions.assigned");
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        try {
            commit(consumer, deliveries.leave(revoked, LEAVE_WITHIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        deliveries.drop(lost);
    }

    /** What cannot be committed is sent again by whoever comes next. */
    static void commit(Consumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, ANSWERED_WITHIN);
        } catch (KafkaException e) {
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("commit.failed");
        }
    }

    /** Kafka forgets the offsets of a group all at once; where another dispatcher has just begun, some are there. */
    private boolean standsNowhere() {
        var all = consumer.partitionsFor(TopicCatalogue.CONVERSATION_EVENTS.name(), ANSWERED_WITHIN).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .collect(Collectors.toSet());
        return consumer.committed(all, ANSWERED_WITHIN).values().stream().allMatch(Objects::isNull);
    }

    private void remember() {
        try {
            pauses.begin(subscriber.name());
        } catch (StateUnavailableException e) {
            throw new KafkaException("it is not remembered that a subscriber has begun", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the thread's flag
        }
    }

    private void beginAnew(Set<TopicPartition> partitions) {
        var start = subscriber.from().equals("now")
                ? consumer.endOffsets(partitions, ANSWERED_WITHIN)
                : consumer.beginningOffsets(partitions, ANSWERED_WITHIN);
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        start.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        consumer.commitSync(offsets, ANSWERED_WITHIN);
        offsets.forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            deliveries.begin(partition, offset);
        });
        LOGGER.atInfo()
                .addKeyValue("subscriber", subscriber.name())
                .addKeyValue("from", subscriber.from())
                .addKeyValue("partitions", partitions.size())
                .log("subscriber begins");
    }
}
