package io.millrace.timeline.replay;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How a topic is made.
 *
 * @param replicas of each partition
 * @param settings that it has of its own; all others are the brokers'
 */
record TopicShape(int partitions, short replicas, Map<String, String> settings) {
    TopicShape {
        settings = Map.copyOf(new TreeMap<>(settings));
    }

    /** As long as records are copied from it: it loses nothing, and whoever writes into it is refused. */
    static final Map<String, String> SEAL = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0");

    /** As long as records are copied into it: it loses nothing, and takes times as they are. */
    static final Map<String, String> FILLING = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime",
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));

    TopicShape withPartitions(int other) {
        return new TopicShape(other, replicas, settings);
    }

    TopicShape with(Map<String, String> others) {
        var all = new TreeMap<>(settings);
        all.putAll(others);
        return new TopicShape(partitions, replicas, all);
    }
}
