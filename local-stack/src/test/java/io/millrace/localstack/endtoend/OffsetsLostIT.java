package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import io.millrace.localstack.part.StackException;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Committed offsets are gone: the router asks for help instead of guessing, the timeline service begins again. */
@Timeout(300)
final class OffsetsLostIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);

    @Test
    void shouldRefuseToStartWithoutOffsetsAndFindThePlaceAgain() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect();
                var bobs = Device.of(stack.edge(1), bob, "phone").connect()) {
            // Given
            phone.send(Recipient.user(bob), "one");
            phone.send(Recipient.user(bob), "two");
            await().atMost(PATIENCE).until(() -> bobs.positions().size() == 2);
            var read = bobs.client().read(conversation, 2).decision();
            read.orTimeout(30, TimeUnit.SECONDS).join();
            var router = stack.parts().part("router");
            router.stop();
            var waiting = phone.client().send(Recipient.user(bob), "three").decision();
            try (var admin = admin()) {
                admin.deleteConsumerGroups(List.of(TopicCatalogue.CONVERSATIONS_APP, TopicCatalogue.USERS_APP))
                        .all()
                        .get();
            }

            // When
            assertThatThrownBy(router::start)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("exit code 3")
                    .hasMessageContaining("application conversations has no committed offset in commands partition 0")
                    .hasMessageContaining("rebuild-state");
            stack.parts().rebuildState();
            router.start();

            // Then
            assertThat(Device.posted(waiting.orTimeout(60, TimeUnit.SECONDS).join())
                            .seq())
                    .isEqualTo(3);
            assertThat(phone.send(Recipient.user(bob), "four").seq()).isEqualTo(4);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bobs.texts(conversation)).containsExactly("one", "two", "three", "four");
                assertThat(bobs.positions()).containsExactly(1L, 2L, 3L, 4L, 5L);
            });
            assertThat(NumberedEntries.events(stack.parts()))
                    .contains(bob + " " + conversation + " 4")
                    .doesNotHaveDuplicates();
        }
    }

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

    @Test
    void shouldWriteTimelinesAgainWithoutAHoleWhenTheWriterLostItsOffsets() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect();
                var cells = new StoredCells(stack.parts())) {
            // Given
            for (int i = 1; i <= 20; i++) {
                phone.send(Recipient.user(bob), "m" + i);
            }
            pulled(20);
            var before = cells.message(conversation, 1);
            var timeline = stack.parts().part("timeline");
            timeline.stop();
            try (var admin = admin()) {
                admin.deleteConsumerGroups(List.of("timeline-writer")).all().get();
            }
            for (int i = 21; i <= 40; i++) {
                phone.send(Recipient.user(bob), "m" + i);
            }

            // When
            timeline.start();

            // Then
            var entries = pulled(40).body().path("entries");
            for (int i = 0; i < 40; i++) {
                assertThat(entries.path(i).path("position").asLong()).isEqualTo(i + 1);
                assertThat(entries.path(i).at("/event/body/text").asText()).isEqualTo("m" + (i + 1));
            }
            assertThat(cells.message(conversation, 1).toString()).isEqualTo(before.toString());
        }
    }

    private RawHttp.Answer pulled(int head) {
        var http = RawHttp.of(stack.edge(1), bob);
        return await().atMost(PATIENCE)
                .until(
                        () -> http.get("/v1/timeline?after=0&limit=200&atLeast=" + head),
                        answer -> answer.status() == 200
                                && answer.body().path("next").asLong() == head);
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
