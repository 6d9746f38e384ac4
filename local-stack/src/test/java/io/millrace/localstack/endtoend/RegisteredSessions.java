package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.state.Sessions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows the router's record of one user's sessions. Not thread-safe. */
final class RegisteredSessions implements AutoCloseable {
    private static final String CHANGELOG = "users-state-changelog";

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<Sessions> sessions;
    /** Sessions are the section s of the store. */
    private final String key;

    private int count;

    RegisteredSessions(LocalStack stack, String user) {
        this.key = "s" + user;
        var settings = new HashMap<String, Object>(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false));
        this.sessions = RecordSerdes.at(stack.registryUrl()).deserializer(Sessions.class);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(CHANGELOG).stream()
                .map(p -> new TopicPartition(CHANGELOG, p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** How many sessions the user has now, as far as it is committed. */
    int count() {
        var records = consumer.poll(Duration.ofMillis(200));
        while (!records.isEmpty()) {
            records.forEach(record -> {
                if (key.equals(record.key())) {
                    count = record.value() == null
                            ? 0
                            : sessions.deserialize(CHANGELOG, record.value())
                                    .getSessions()
                                    .size();
                }
            });
            records = consumer.poll(Duration.ofMillis(200));
        }
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
