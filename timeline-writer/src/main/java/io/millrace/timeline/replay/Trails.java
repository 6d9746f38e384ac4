package io.millrace.timeline.replay;

import io.millrace.timeline.consume.Trail;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** How far each partition is written, and how far the store cannot forget it any more. Thread-safe. */
final class Trails {
    private final Map<TopicPartition, Trail> trails = new HashMap<>();

    synchronized void begin(TopicPartition partition, long offset) {
        trails.put(partition, new Trail(offset));
    }

    synchronized void written(TopicPartition partition, long nowNanos, long offset) {
        Objects.requireNonNull(trails.get(partition), "begun").written(nowNanos, offset);
    }

    /** By topic and partition, the offsets before which everything was written by then. */
    synchronized Map<String, Long> settled(long thenNanos) {
        var offsets = new HashMap<String, Long>();
        trails.forEach((partition, trail) -> offsets.put(partition.toString(), trail.settled(thenNanos)));
        return offsets;
    }
}
