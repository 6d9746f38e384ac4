package io.millrace.schemas.topic;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic of the catalogue. Name, key, value and partitioning are a compatibility contract.
 *
 * @param name kebab-case name
 * @param value class of the value; the key is UTF-8 text
 * @param key what the key is
 * @param partitioning which setting gives the number of partitions
 * @param retention how long a record stays; empty: for ever
 * @param compacted whether only the last record of a key is kept
 * @param brokerTime whether the broker's clock stamps the records (LogAppendTime)
 * @param owner the only component that writes
 * @param purpose one sentence
 * @param forgetting for a compacted topic: within which a replaced or deleted record is gone from the brokers' disks,
 *     counted from the next record that is written after that time; empty: when the brokers come to it
 */
public record TopicSpec<V extends SpecificRecord>(
        String name,
        Class<V> value,
        String key,
        Partitioning partitioning,
        Optional<Duration> retention,
        boolean compacted,
        boolean brokerTime,
        String owner,
        String purpose,
        Optional<Duration> forgetting) {

    TopicSpec(
            String name,
            Class<V> value,
            String key,
            Partitioning partitioning,
            Optional<Duration> retention,
            boolean compacted,
            boolean brokerTime,
            String owner,
            String purpose) {
        this(name, value, key, partitioning, retention, compacted, brokerTime, owner, purpose, Optional.empty());
    }

    TopicSpec<V> forgettingWithin(Duration within) {
        return new TopicSpec<>(
                name, value, key, partitioning, retention, compacted, brokerTime, owner, purpose, Optional.of(within));
    }

    /** Which number of partitions a topic has. */
    public enum Partitioning {
        /** By conversation. */
        CONVERSATIONS,
        /** By user. */
        USERS,
        /** By edge. */
        LANES,
        /** One partition. */
        SINGLE
    }

    /** Number of partitions of this topic under these settings. */
    public int partitions(PartitionCounts counts) {
        return switch (partitioning) {
            case CONVERSATIONS -> counts.conversations();
            case USERS -> counts.users();
            case LANES -> counts.lanes();
            case SINGLE -> 1;
        };
    }

    /** The settings the topic is created with. */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        settings.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.map(Duration::toMillis).orElse(-1L)));
        forgetting.ifPresent(
                within -> settings.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(within.toMillis())));
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, brokerTime ? "LogAppendTime" : "CreateTime");
        return settings;
    }
}
