package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in a topic of a stack now, committed records only. */
final class LoggedEvents {
    private LoggedEvents() {}

    /** Ids of all events of these conversations, as webhooks name them. */
    static List<String> ids(LocalStack stack, List<String> conversations) {
        return records(stack, TopicCatalogue.CONVERSATION_EVENTS).stream()
                .map(ConsumerRecord::value)
                .filter(event -> conversations.contains(event.getConversation()))
                .map(LoggedEvents::id)
                .toList();
    }

    static String id(ConversationEvent event) {
        return event.getConversation() + "/" + event.getVersion();
    }

    static <V extends SpecificRecord> List<ConsumerRecord<String, V>> records(LocalStack stack, TopicSpec<V> topic) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
        var serdes = RecordSerdes.at(stack.registryUrl());
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), serdes.deserializer(topic.value()))) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, V>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
