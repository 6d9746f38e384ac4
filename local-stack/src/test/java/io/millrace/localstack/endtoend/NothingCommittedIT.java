package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.localstack.part.PartState;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of outputs that hold nothing but aborted records need no changelog: the router starts. */
@Timeout(180)
final class NothingCommittedIT {
    @TempDir
    private Path data;

    private LocalStack stack;

    @BeforeEach
    void start() throws InterruptedException {
        stack = new LocalStack(StackOptions.at(data).withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.ROUTER)));
        stack.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        stack.close();
    }

    @Test
    void shouldStartWhenOutputsHoldOnlyWhatWasAborted() throws Exception {
        // Given
        var router = stack.part("router");
        router.stop();
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.bootstrapServers(), "transactional.id", "aborting", "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (var output : List.of(TopicCatalogue.CONVERSATION_EVENTS, TopicCatalogue.TIMELINE_ENTRIES)) {
                for (var partition : producer.partitionsFor(output.name())) {
                    producer.send(new ProducerRecord<>(output.name(), partition.partition(), "d:ann:ben", "aborted"))
                            .get();
                }
            }
            producer.abortTransaction();
        }

        // When
        router.start();

        // Then
        await().untilAsserted(() -> assertThat(router.state()).isEqualTo(PartState.READY));
    }
}
