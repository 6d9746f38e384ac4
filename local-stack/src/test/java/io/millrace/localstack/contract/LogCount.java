package io.millrace.localstack.contract;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the public log holds of one day, counted by reading it from end to end. */
record LogCount(long direct, long group, long activeMinutes) {
    private static final Duration DAY = Duration.ofMinutes(1_430);

    static LogCount of(String bootstrap, String registry) {
        var serdes = RecordSerdes.at(registry);
        var now = Instant.now();
        long direct = 0;
        long group = 0;
        for (var event : all(bootstrap, serdes, "conversation-events", ConversationEvent.class)) {
            if (event.getKind() == EventKind.MESSAGE && isOfToday(event.getAt(), now)) {
                direct += event.getConversation().startsWith("d:") ? 1 : 0;
                group += event.getConversation().startsWith("g:") ? 1 : 0;
            }
        }
        var active = new HashSet<List<Object>>();
        for (var entry : all(bootstrap, serdes, "timeline-entries", TimelineEntry.class)) {
            if (entry.getFrom().equals(entry.getUser()) && isOfToday(entry.getAt(), now)) {
                active.add(List.of(entry.getUser(), entry.getAt().truncatedTo(ChronoUnit.MINUTES)));
            }
        }
        return new LogCount(direct, group, active.size());
    }

    private static boolean isOfToday(Instant at, Instant now) {
        return at.isAfter(now.minus(DAY)) && !at.isAfter(now);
    }

    /** Without what is no record: other tests plant it. */
    private static <T extends SpecificRecord> List<T> all(
            String bootstrap, RecordSerdes serdes, String topic, Class<T> type) {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        var values = new ArrayList<T>();
        try (var deserializer = serdes.deserializer(type);
                var consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    try {
                        values.add(deserializer.deserialize(topic, record.value()));
                    } catch (PoisonRecordException e) {
                        continue;
                    }
                }
            }
        }
        return values;
    }
}
