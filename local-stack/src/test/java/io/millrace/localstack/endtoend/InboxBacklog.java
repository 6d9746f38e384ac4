package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.MessageId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Events on their way into timelines, as the first stage writes them, spread over the minutes before now. */
final class InboxBacklog {
    private static final int PARTITIONS = PartitionCounts.LOCAL.users();

    private final LocalStack stack;

    InboxBacklog(LocalStack stack) {
        this.stack = stack;
    }

    /** So many messages in one group per partition of users, with those of the users who live there. */
    void write(int messages, List<String> users, Duration past) {
        var client = Map.<String, Object>of(
                "bootstrap.servers", stack.bootstrapServers(), "acks", "all", "linger.ms", 20, "batch.size", 131_072);
        var values = RecordSerdes.at(stack.registryUrl()).serializer(InboxRecord.class);
        var members = new HashMap<Integer, List<String>>();
        for (int p = 0; p < PARTITIONS; p++) {
            int partition = p;
            members.put(
                    p,
                    users.stream()
                            .filter(user -> RouterTasks.partition(user, PARTITIONS) == partition)
                            .toList());
        }
        long now = Instant.now().toEpochMilli();
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), values)) {
            for (int i = 1; i <= messages; i++) {
                long at = now - past.toMillis() + past.toMillis() * i / messages;
                for (int p = 0; p < PARTITIONS; p++) {
                    var event = message("g:backlog-" + p, i, at);
                    producer.send(new ProducerRecord<>(
                            TopicCatalogue.INBOX.name(),
                            p,
                            at,
                            event.getConversation(),
                            new InboxRecord(p, members.get(p), event, false)));
                }
            }
        }
    }

    /** Records that the second stage has not committed yet. */
    long left() throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(p -> new TopicPartition(TopicCatalogue.INBOX.name(), p))
                    .toList();
            var asked = new HashMap<TopicPartition, OffsetSpec>();
            partitions.forEach(p -> asked.put(p, OffsetSpec.latest()));
            var ends = admin.listOffsets(asked).all().get();
            var committed = admin.listConsumerGroupOffsets(TopicCatalogue.USERS_APP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return partitions.stream()
                    .mapToLong(p -> ends.get(p).offset() - committed.get(p).offset())
                    .sum();
        }
    }

    private static ConversationEvent message(String group, long seq, long atMs) {
        return ConversationEvent.newBuilder()
                .setConversation(group)
                .setVersion(seq)
                .setSeq(seq)
                .setLastSeq(seq)
                .setMessageId(MessageId.of(new ConversationId(group), seq, atMs).value())
                .setStamp(atMs * 1000 + seq % 1000)
                .setAt(Instant.ofEpochMilli(atMs))
                .setHash(ChainHash.NONE)
                .setKind(EventKind.MESSAGE)
                .setFrom("somebody")
                .setClientMessageId("k-" + seq)
                .setFingerprint(ChainHash.NONE)
                .setBody(StandardCharsets.UTF_8.encode("{\"kind\":\"text\",\"text\":\"" + seq + "\"}"))
                .build();
    }
}
