package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.localstack.part.PartState;
import io.millrace.localstack.part.StackException;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody gave the public log a retention: from what is left nothing is counted anew. */
@Timeout(180)
final class CutLogIT {
    @TempDir
    private Path data;

    @Test
    void shouldRefuseToMakeStateWhenTheFirstRecordsAreGone() throws Exception {
        try (var stack =
                new LocalStack(StackOptions.at(data).withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.ROUTER)))) {
            // Given
            stack.start();
            var router = stack.part("router");
            router.stop();
            Map<String, Object> client = Map.of("bootstrap.servers", stack.bootstrapServers());
            var place = new TopicPartition(TopicCatalogue.CONVERSATION_EVENTS.name(), 3);
            try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
                    var admin = Admin.create(client)) {
                producer.send(new ProducerRecord<>(place.topic(), place.partition(), "d:ann:ben", "old"))
                        .get();
                admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get();
            }

            // When // Then
            assertThatThrownBy(stack::rebuildState)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("topic conversation-events begins at offset 1 in partition 3")
                    .hasMessageContaining("nothing was changed");
            router.start();
            await("what was there is there still")
                    .untilAsserted(() -> assertThat(router.state()).isEqualTo(PartState.READY));
        }
    }
}
