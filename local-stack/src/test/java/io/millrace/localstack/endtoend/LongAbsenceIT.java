package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that was away for long, in a conversation that goes on while it catches up. */
@Timeout(300)
final class LongAbsenceIT {
    private static final int MISSED = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);

    @Test
    void shouldStayConnectedWhileItPullsFiftyThousandEntries() {
        try (var laptop = Device.of(stack.edge(0), alice, "laptop").connect();
                var phone = Device.of(stack.edge(1), bob, "phone").connect()) {
            // Given
            laptop.send(Recipient.user(bob), "before");
            await().atMost(PATIENCE).until(() -> phone.positions().size() == 1);
            phone.goAway();
            sendWhileAway();
            var last = laptop.client().send(Recipient.user(bob), "the last one missed");
            await().atMost(PATIENCE).until(() -> last.decision().isDone());
            assertThat(Device.posted(last.decision().join()).seq()).isEqualTo(MISSED + 2);
            long sessions = phone.opened();

            // When
            phone.comeBack();
            for (int i = 0; i < 20; i++) {
                laptop.send(Recipient.user(bob), "while it catches up " + i);
            }

            // Then
            await().atMost(PATIENCE).until(() -> phone.positions().size() >= MISSED + 22);
            assertThat(phone.positions())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, MISSED + 22).boxed().toList());
            assertThat(phone.texts(conversation)).doesNotHaveDuplicates();
            assertThat(phone.opened()).as("sessions").isEqualTo(sessions + 1);
        }
    }

    /** Commands as an edge writes them; nobody waits for their decisions. */
    private void sendWhileAway() {
        var parts = stack.parts();
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                parts.bootstrapServers(),
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                20);
        var serializer = RecordSerdes.at(parts.registryUrl()).serializer(Command.class);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
            for (int i = 0; i < MISSED; i++) {
                var unused =
                        producer.send(new ProducerRecord<>(TopicCatalogue.COMMANDS.name(), conversation, command(i)));
            }
        }
    }

    private Command command(int number) {
        var body = "{\"kind\":\"text\",\"text\":\"missed " + number + "\"}";
        return Command.newBuilder()
                .setType(CommandType.SEND)
                .setConversation(conversation)
                .setUser(alice)
                .setDevice("laptop")
                .setClientMessageId("missed-" + number)
                .setFingerprint(
                        new Hash128(ByteBuffer.allocate(16).putInt(number).array()))
                .setBody(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
                .setReceivedAt(Instant.now())
                .setOrigin(new Origin("nobody", 0, "no session", (long) number))
                .build();
    }
}
