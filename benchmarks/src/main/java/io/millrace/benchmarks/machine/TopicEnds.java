package io.millrace.benchmarks.machine;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many records each topic ever held, changelogs and the broker's own topics among them; commit markers count. */
public final class TopicEnds {
    private static final long WITHIN_SECONDS = 30;

    private TopicEnds() {}

    public static Map<String, Long> read(Admin admin) throws InterruptedException {
        try {
            var names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get(WITHIN_SECONDS, TimeUnit.SECONDS);
            var topics = admin.describeTopics(names).allTopicNames().get(WITHIN_SECONDS, TimeUnit.SECONDS);
            var asked = topics.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            var ends = new TreeMap<String, Long>();
            admin.listOffsets(asked)
                    .all()
                    .get(WITHIN_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, end) -> ends.merge(partition.topic(), end.offset(), Long::sum));
            return ends;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker does not tell how long its topics are", e);
        }
    }

    /** What came to each topic between two readings; topics that got nothing are left out. */
    public static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
        var grown = new TreeMap<String, Long>();
        after.forEach((topic, end) -> {
            long more = end - before.getOrDefault(topic, 0L);
            if (more > 0) {
                grown.put(topic, more);
            }
        });
        return grown;
    }
}
