package io.millrace.guarantees.views;

import io.millrace.guarantees.check.Committed;
import io.millrace.schemas.body.KeyLog;
import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows the public topics, committed records alone. Not thread-safe. */
public final class TopicView implements AutoCloseable {
    private static final List<String> TOPICS = List.of(
            TopicCatalogue.CONVERSATION_EVENTS.name(),
            TopicCatalogue.TIMELINE_ENTRIES.name(),
            TopicCatalogue.REJECTIONS.name());

    private final KafkaConsumer<String, byte[]> committed;
    private final KafkaConsumer<String, byte[]> written;
    private final List<TopicPartition> partitions;
    private final Deserializer<ConversationEvent> eventReader;
    private final Deserializer<TimelineEntry> entryReader;
    private final Deserializer<Rejection> rejectionReader;
    private final Deserializer<UserKey> keyReader;
    private final String bootstrapServers;
    private final List<ConversationEvent> events = new ArrayList<>();
    private final List<TimelineEntry> entries = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final Map<String, Long> heads = new TreeMap<>();
    private final Map<String, Long> versions = new TreeMap<>();

    public TopicView(String bootstrapServers, String registryUrl) {
        var serdes = RecordSerdes.at(registryUrl);
        eventReader = serdes.deserializer(ConversationEvent.class);
        entryReader = serdes.deserializer(TimelineEntry.class);
        rejectionReader = serdes.deserializer(Rejection.class);
        keyReader = serdes.deserializer(UserKey.class);
        this.bootstrapServers = bootstrapServers;
        committed = consumer(bootstrapServers, "read_committed");
        written = consumer(bootstrapServers, "read_uncommitted");
        partitions = TOPICS.stream()
                .flatMap(topic -> committed.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition())))
                .toList();
        committed.assign(partitions);
        committed.seekToBeginning(partitions);
    }

    private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers, String isolation) {
        var settings = new HashMap<String, Object>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads what has come; answers how many records that was. */
    public int advance() {
        int read = 0;
        var records = committed.poll(Duration.ofMillis(250));
        while (!records.isEmpty()) {
            records.forEach(this::take);
            read += records.count();
            records = committed.poll(Duration.ofMillis(250));
        }
        return read;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(TopicCatalogue.CONVERSATION_EVENTS.name())) {
            var event = read(eventReader, record);
            events.add(event);
            versions.merge(event.getConversation(), event.getVersion(), Math::max);
        } else if (record.topic().equals(TopicCatalogue.TIMELINE_ENTRIES.name())) {
            var entry = read(entryReader, record);
            entries.add(entry);
            heads.merge(entry.getUser(), entry.getPosition(), Math::max);
        } else {
            rejections.add(read(rejectionReader, record));
        }
    }

    private static <T extends SpecificRecord> T read(Deserializer<T> reader, ConsumerRecord<String, byte[]> record) {
        return reader.deserialize(record.topic(), record.value());
    }

    /** Whether nothing is written that is neither committed nor aborted, and all that is committed has been read. */
    public boolean isSettled() {
        var stable = committed.endOffsets(partitions);
        return stable.equals(written.endOffsets(partitions))
                && partitions.stream().allMatch(each -> committed.position(each) >= stable.getOrDefault(each, 0L));
    }

    /** Last position by user. */
    public Map<String, Long> heads() {
        return heads;
    }

    /** Last version by conversation. */
    public Map<String, Long> versions() {
        return versions;
    }

    /** Bodies are in the clear, as they were written; one that cannot be read stays as it is. */
    public Committed committed() {
        var keys = keys();
        return new Committed(events.stream().map(keys::readable).toList(), entries, rejections);
    }

    /** The keys of bodies as they stand in the log now. */
    public KeyRing keys() {
        return KeyLog.read(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), keyReader);
    }

    @Override
    public void close() {
        committed.close();
        written.close();
    }
}
