package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes into {@code commands} and its dead letters past the edge, and looks into them. */
final class DeadLetterTopics {
    private static final String COMMANDS = TopicCatalogue.COMMANDS.name();
    private static final String LETTERS = TopicCatalogue.COMMANDS_DEAD_LETTERS.name();

    private final LocalStack stack;
    private final RecordSerdes serdes;

    DeadLetterTopics(LocalStack stack) {
        this.stack = stack;
        this.serdes = RecordSerdes.at(stack.registryUrl());
    }

    /** A message as an edge would ask for it, with nobody waiting for the decision. */
    byte[] send(String conversation, String user, String key, String text) {
        var command = Command.newBuilder()
                .setType(CommandType.SEND)
                .setConversation(conversation)
                .setUser(user)
                .setClientMessageId(key)
                .setFingerprint(ChainHash.NONE)
                .setBody(StandardCharsets.UTF_8.encode("{\"kind\":\"text\",\"text\":\"" + text + "\"}"))
                .setBodyKind("text")
                .setReceivedAt(Instant.now())
                .build();
        return serdes.serializer(Command.class).serialize(COMMANDS, command);
    }

    RecordMetadata command(String key, byte[] value) throws Exception {
        return write(COMMANDS, key, value);
    }

    /** A letter as the router would leave it. */
    RecordMetadata letter(String topic, int partition, long offset, Instant at, String key, byte[] value)
            throws Exception {
        var letter = new DeadLetter(
                topic,
                partition,
                offset,
                at,
                StandardCharsets.UTF_8.encode(key),
                ByteBuffer.wrap(value),
                DeadLetterCause.INVALID,
                "the value lacks what its type needs, or its type is unknown to this version",
                "conversations");
        return write(LETTERS, key, serdes.serializer(DeadLetter.class).serialize(LETTERS, letter));
    }

    private RecordMetadata write(String topic, String key, byte[] value) throws Exception {
        var client = Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** What stands in {@code commands} with this key, in order. */
    List<ConsumerRecord<String, byte[]>> commands(String key) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(COMMANDS).stream()
                    .map(p -> new TopicPartition(COMMANDS, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }
}
