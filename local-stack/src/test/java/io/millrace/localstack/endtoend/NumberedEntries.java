package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The whole of timeline-entries, as far as it is committed: every user's, whichever test wrote it. */
final class NumberedEntries {
    private NumberedEntries() {}

    static List<TimelineEntry> of(LocalStack stack) {
        var topic = TopicCatalogue.TIMELINE_ENTRIES.name();
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
        var values = RecordSerdes.at(stack.registryUrl()).deserializer(TimelineEntry.class);
        var all = new ArrayList<TimelineEntry>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> all.add(record.value()));
            }
        }
        return all;
    }

    /** Event and timeline of the entries of events: none may be there twice. */
    static List<String> events(LocalStack stack) {
        return of(stack).stream()
                .filter(entry -> entry.getVersion() != null)
                .map(entry -> entry.getUser() + " " + entry.getConversation() + " " + entry.getVersion())
                .toList();
    }
}
