package io.millrace.router.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Key of a delivery on its way out: the record's key is the edge id, its partition the lane. */
public record Addressee(String edge, int lane) {
    /** Writes the edge id. */
    public static Serializer<Addressee> serializer() {
        return (topic, key) -> key.edge().getBytes(StandardCharsets.UTF_8);
    }

    /** Chooses the lane; a lane that does not exist (an edge with other settings) is taken modulo the lanes there are. */
    public static <V> StreamPartitioner<Addressee, V> partitioner() {
        return (topic, key, value, lanes) -> Optional.of(Set.of(Math.floorMod(key.lane(), lanes)));
    }
}
