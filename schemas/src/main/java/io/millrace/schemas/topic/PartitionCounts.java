package io.millrace.schemas.topic;

import io.millrace.schemas.record.Epoch;

/**
 * Partitions by kind of key. Once the topics exist, only {@code replay reshard} changes them.
 *
 * @param conversations partitions of topics keyed by conversation
 * @param users partitions of topics keyed by user
 * @param lanes partitions of deliveries
 */
public record PartitionCounts(int conversations, int users, int lanes) {
    /** The local profile. */
    public static final PartitionCounts LOCAL = new PartitionCounts(8, 8, 4);

    public PartitionCounts {
        if (conversations < 1 || users < 1 || lanes < 1) {
            throw new IllegalArgumentException("a topic has at least one partition");
        }
    }

    /** What the log was made with, or has been given since. */
    public static PartitionCounts of(Epoch epoch) {
        return new PartitionCounts(epoch.getConversationPartitions(), epoch.getUserPartitions(), epoch.getLanes());
    }
}
