package io.millrace.schemas.topic;

/**
 * Partitions by kind of key; fixed once the topics exist.
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
}
