package io.millrace.timeline.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaClientConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How far a change of partition counts is, in a topic of its own that is there as long as one is under way: as long no service
 * starts and nobody provisions topics. The last record is in force.
 */
final class ReshardJournal {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] KEY = "current".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            "-1");

    private final KafkaClientConfig kafka;
    private final TopicShapes shapes;

    ReshardJournal(KafkaClientConfig kafka, TopicShapes shapes) {
        this.kafka = kafka;
        this.shapes = shapes;
    }

    /** Whether there is one; one without a record says that nothing was begun yet. */
    boolean exists() throws InterruptedException, ExecutionException {
        return shapes.of(TopicCatalogue.RESHARD).isPresent();
    }

    /** Empty where nothing is under way. */
    Optional<ReshardPlan> read() throws InterruptedException, ExecutionException {
        if (!exists()) {
            return Optional.empty();
        }
        var last = new AtomicReference<byte[]>();
        try (var log = RawLog.of(kafka, TopicCatalogue.RESHARD)) {
            log.read(
                    new TopicPartition(TopicCatalogue.RESHARD, 0),
                    0,
                    (records, next) -> records.forEach(record -> last.set(record.value())));
        }
        var json = last.get();
        return json == null ? Optional.empty() : Optional.of(plan(json));
    }

    void begin(short replicas) throws InterruptedException, ExecutionException {
        if (!exists()) {
            shapes.make(TopicCatalogue.RESHARD, new TopicShape(1, replicas, SETTINGS));
        }
    }

    void end() throws InterruptedException, ExecutionException {
        shapes.delete(List.of(TopicCatalogue.RESHARD));
    }

    /** What puts a plan in force. */
    static ProducerRecord<byte[], byte[]> record(ReshardPlan plan) {
        return new ProducerRecord<>(TopicCatalogue.RESHARD, KEY, json(plan));
    }

    static byte[] json(ReshardPlan plan) {
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "epoch", plan.epoch(),
                    "from", plan.from(),
                    "to", plan.to(),
                    "phase", plan.phase(),
                    "topics", plan.topics()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is JSON", e);
        }
    }

    static ReshardPlan plan(byte[] json) {
        try {
            return JSON.readValue(json, ReshardPlan.class);
        } catch (IOException e) {
            throw new ReplayException("topic " + TopicCatalogue.RESHARD + " says what this version does not know", e);
        }
    }
}
