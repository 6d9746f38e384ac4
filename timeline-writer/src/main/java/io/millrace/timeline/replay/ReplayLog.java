package io.millrace.timeline.replay;

import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.timeline.Numbering;
import io.millrace.timeline.consume.BatchWriters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The committed log, read without a consumer group, so that nobody else's offsets move. Thread-safe. */
final class ReplayLog {
    /** Of one partition at once: a reader has no other one to go on with until the next answer is there. */
    private static final int FETCH_BYTES = 4 << 20;

    private final KafkaClientConfig kafka;
    private final String epoch;
    private final String name;
    private final int batchRecords;

    private ReplayLog(KafkaClientConfig kafka, String epoch, String name, int batchRecords) {
        this.kafka = kafka;
        this.epoch = epoch;
        this.name = name;
        this.batchRecords = batchRecords;
    }

    /**
     * @param batchRecords of one batch at most
     * @throws ReplayException if Kafka or the registry does not answer
     * @throws io.millrace.service.lifecycle.RefusedToStartException if the log is another one than its epoch says
     */
    static ReplayLog open(KafkaClientConfig kafka, int batchRecords) throws InterruptedException {
        var epoch = new Numbering(kafka)
                .ask()
                .orElseThrow(() -> new ReplayException("Kafka at " + kafka.bootstrapServers()
                        + " or the registry does not answer, or has no log; is the stack running?"));
        return new ReplayLog(kafka, epoch, epoch + " " + ids(kafka), batchRecords);
    }

    private static Map<String, String> ids(KafkaClientConfig kafka) throws InterruptedException {
        var ids = new TreeMap<String, String>();
        try (var admin = Admin.create(kafka.client())) {
            admin.describeTopics(BatchWriters.TOPICS)
                    .allTopicNames()
                    .get()
                    .forEach((topic, described) ->
                            ids.put(topic, described.topicId().toString()));
            return ids;
        } catch (ExecutionException e) {
            throw new KafkaException("the topics cannot be described", e.getCause());
        }
    }

    /** The numbering that is in force. */
    String epoch() {
        return epoch;
    }

    /**
     * The numbering and the topics as they were made: what is remembered of offsets is about this log, and about no other in
     * which the same numbers stand elsewhere.
     */
    String name() {
        return name;
    }

    RecordSerdes serdes() {
        return kafka.serdes();
    }

    /** Every partition that has to be read, by topic and number. */
    List<TopicPartition> partitions(Selection selection) {
        var chosen = new ArrayList<TopicPartition>();
        try (var consumer = consumer()) {
            for (var topic : BatchWriters.TOPICS) {
                int count = consumer.partitionsFor(topic).size();
                for (int partition = 0; partition < count; partition++) {
                    if (selection.reads(topic, partition, count)) {
                        chosen.add(new TopicPartition(topic, partition));
                    }
                }
            }
        }
        return chosen;
    }

    /** All partitions of any topic. */
    List<TopicPartition> partitionsOf(String topic) {
        try (var consumer = consumer()) {
            return consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
        }
    }

    /** Where each partition begins now: what was before is gone. */
    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        try (var consumer = consumer()) {
            return consumer.beginningOffsets(partitions);
        }
    }

    /** How many partitions each topic has. */
    Map<String, Integer> counts() {
        var counts = new HashMap<String, Integer>();
        try (var consumer = consumer()) {
            BatchWriters.TOPICS.forEach(
                    topic -> counts.put(topic, consumer.partitionsFor(topic).size()));
        }
        return counts;
    }

    /** Where the committed part of each partition ends now. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try (var consumer = consumer()) {
            return consumer.endOffsets(partitions);
        }
    }

    /** A reader that stands at an offset, or at the first record that is left behind it. */
    LogReader reader(TopicPartition partition, long from) {
        return new LogReader(consumer(), partition, from);
    }

    private KafkaConsumer<String, byte[]> consumer() {
        var settings = new HashMap<>(kafka.consumer());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchRecords);
        settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
