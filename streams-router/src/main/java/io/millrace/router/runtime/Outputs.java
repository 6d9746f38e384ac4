package io.millrace.router.runtime;

import io.millrace.schemas.topic.TopicSpec;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Adds the sinks of a topology under the names of its router; what a shadow does not write ends where it is. */
public final class Outputs {
    private final Topology topology;
    private final LogNames names;

    public Outputs(Topology topology, LogNames names) {
        this.topology = topology;
        this.names = names;
    }

    /** A sink with text as its key, in the partition that the key chooses. */
    public <V extends SpecificRecord> Outputs add(
            String node, TopicSpec<V> topic, Serializer<V> value, String... parents) {
        if (names.writes(topic)) {
            topology.addSink(node, names.sink(topic), new StringSerializer(), value, parents);
        } else {
            topology.addProcessor(node, Nowhere::new, parents);
        }
        return this;
    }

    /** A sink with its own way to choose the partition. */
    public <K, V extends SpecificRecord> Outputs add(
            String node,
            TopicSpec<V> topic,
            Serializer<K> key,
            Serializer<V> value,
            StreamPartitioner<K, V> partitioner,
            String... parents) {
        if (names.writes(topic)) {
            topology.addSink(node, names.sink(topic), key, value, partitioner, parents);
        } else {
            topology.addProcessor(node, Nowhere::new, parents);
        }
        return this;
    }
}
