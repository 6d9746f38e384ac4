package io.millrace.timeline.replay;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.GroupProgress;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/** How far the router has brought what stands in {@code inbox} into timelines. */
final class FanOutProgress {
    static final String INBOX = TopicCatalogue.INBOX.name();

    private final KafkaClientConfig kafka;
    private final Duration patience;

    FanOutProgress(KafkaClientConfig kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
    }

    /**
     * Returns when all that belongs to transactions which are committed now has become entries, which can be read then
     * through the offsets that are returned.
     *
     * @param partitions of users
     * @return by partition of {@code timeline-entries}
     * @throws ReplayException if that takes longer than the patience
     */
    Map<TopicPartition, Long> await(Collection<Integer> partitions) throws InterruptedException {
        var progress = new GroupProgress(kafka, patience);
        try {
            progress.await(TopicCatalogue.USERS_APP, progress.settled(of(INBOX, partitions)));
            return progress.settled(of(Sources.ENTRIES, partitions));
        } catch (TimeoutException e) {
            throw new ReplayException("the router has not done what stands in " + e.getMessage() + " within "
                    + patience.toSeconds() + " s; is it running? What it has not done yet is not missing");
        }
    }

    private static Collection<TopicPartition> of(String topic, Collection<Integer> partitions) {
        return partitions.stream().map(each -> new TopicPartition(topic, each)).toList();
    }
}
