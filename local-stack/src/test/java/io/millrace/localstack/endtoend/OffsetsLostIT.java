package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was to be read is not there any more. */
@Timeout(300)
final class OffsetsLostIT {
    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);

    @Test
    void shouldStartWhenSignalsWereDeletedBeforeTheyWereRead() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect()) {
            // Given
            phone.send(Recipient.user(bob), "one");
            var router = stack.parts().part("router");
            router.stop();
            writeSignals();
            try (var admin = admin()) {
                deleteAll(admin, TopicCatalogue.SIGNALS.name());
            }

            // When
            router.start();

            // Then
            assertThat(phone.send(Recipient.user(bob), "two").seq()).isEqualTo(2);
        }
    }

    private void writeSignals() throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", stack.parts().bootstrapServers(), "acks", "all");
        var values = RecordSerdes.at(stack.parts().registryUrl()).serializer(Signal.class);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), values)) {
            var topic = TopicCatalogue.SIGNALS.name();
            for (var partition : producer.partitionsFor(topic)) {
                var signal = Signal.newBuilder()
                        .setKind(SignalKind.TYPING)
                        .setConversation(conversation)
                        .setUser(alice)
                        .setAt(Instant.now())
                        .setPartition(partition.partition())
                        .setMembers(List.of(bob))
                        .build();
                producer.send(new ProducerRecord<>(topic, partition.partition(), conversation, signal))
                        .get();
            }
        }
    }

    private static void deleteAll(Admin admin, String topic) throws Exception {
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(p -> ends.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
        var delete = new HashMap<TopicPartition, RecordsToDelete>();
        admin.listOffsets(ends)
                .all()
                .get()
                .forEach((partition, end) -> delete.put(partition, RecordsToDelete.beforeOffset(end.offset())));
        admin.deleteRecords(delete).all().get();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", stack.parts().bootstrapServers()));
    }
}
