package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever writes into the sources of the router past the edges, with times from nowhere: the broker's clock counts. */
@Timeout(120)
final class RecordTimesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);

    @Test
    void shouldDecideOnceWhateverTimeARecordClaims() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect()) {
            // Given
            phone.send(Recipient.user(bob), "first");
            long now = System.currentTimeMillis();
            var times = List.of(Long.MAX_VALUE, 0L, now + Duration.ofMinutes(59).toMillis(), now);
            var serdes = RecordSerdes.at(stack.parts().registryUrl());
            var commands = serdes.serializer(Command.class);
            var userCommands = serdes.serializer(UserCommand.class);

            // When
            try (var producer = producer()) {
                for (long time : times) {
                    var topic = TopicCatalogue.COMMANDS.name();
                    producer.send(new ProducerRecord<>(
                            topic, null, time, conversation, commands.serialize(topic, command("the-same-key"))));
                    topic = TopicCatalogue.USER_COMMANDS.name();
                    producer.send(new ProducerRecord<>(topic, null, time, bob, userCommands.serialize(topic, read(1))));
                }
            }

            // Then
            await().atMost(PATIENCE).until(() -> phone.texts(conversation).contains("the-same-key"));
            assertThat(phone.send(Recipient.user(bob), "last").seq()).isEqualTo(3);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(phone.texts(conversation))
                    .containsExactly("first", "the-same-key", "last"));
            assertThat(phone.entries).allMatch(e -> Math.abs(e.atMs() - now) < PATIENCE.toMillis());
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.parts().bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private UserCommand read(long seq) {
        return UserCommand.newBuilder()
                .setType(UserCommandType.READ)
                .setUser(bob)
                .setConversation(conversation)
                .setClientMessageId("read")
                .setSeq(seq)
                .setOrigin(new Origin("e-nobody", 0, "s-nobody", 1L))
                .build();
    }

    private Command command(String key) {
        return Command.newBuilder()
                .setType(CommandType.SEND)
                .setUser(bob)
                .setDevice("phone")
                .setConversation(conversation)
                .setClientMessageId(key)
                .setFingerprint(ChainHash.NONE)
                .setReceivedAt(Instant.EPOCH)
                .setBodyKind("text")
                .setBody(StandardCharsets.UTF_8.encode("{\"kind\":\"text\",\"text\":\"" + key + "\"}"))
                .build();
    }
}
