package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.SharedStack;
import io.millrace.schemas.body.BodyCipher;
import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.record.UserKeyState;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.bodies.BodyKeys;
import io.millrace.service.bodies.KeysBehindException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body may come before its key: it is read as soon as the log has the key, and is given up only if the log has none. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class BodyKeysIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final byte[] BYTES = Names.key().substring(0, BodyKey.BYTES).getBytes(StandardCharsets.UTF_8);
    private static final ByteBuffer TEXT = ByteBuffer.wrap("hi".getBytes(StandardCharsets.UTF_8));

    private static LocalStack stack;
    private static RecordSerdes serdes;

    @BeforeAll
    static void find() {
        stack = SharedStack.running().parts();
        serdes = RecordSerdes.at(stack.registryUrl());
    }

    @Test
    void shouldReadTheBodyWhenItsKeyHasJustBeenWritten() throws Exception {
        // Given
        var user = Names.user("alice");
        var heard = ConcurrentHashMap.<String>newKeySet();
        try (var keys = at(stack.bootstrapServers())) {
            keys.onChange(heard::add);
            keys.start();
            await().atMost(PATIENCE).until(keys::isReady);
            for (int i = 0; i < 20; i++) {
                var id = Names.key();
                var encrypted = BodyCipher.encrypt(BodyKey.of(id, user, BYTES), TEXT);

                // When: it may or may not have been read by now
                write(id, user);

                // Then
                assertThat(keys.decrypt(id, encrypted)).contains(TEXT);
            }
            assertThat(heard).contains(user);
        }
    }

    @Test
    void shouldReadNothingWhenTheLogHasNoSuchKey() throws Exception {
        // Given
        var id = Names.key();
        var encrypted = BodyCipher.encrypt(BodyKey.of(id, "alice", BYTES), TEXT);
        try (var keys = at(stack.bootstrapServers())) {
            keys.start();

            // When
            var clear = keys.decrypt(id, encrypted);

            // Then
            assertThat(clear).isEmpty();
            await().atMost(PATIENCE).until(keys::isReady);
            assertThat(keys.isAlive()).isTrue();
        }
    }

    @Test
    void shouldNotCallAKeyGoneWhenTheLogDoesNotAnswer() throws Exception {
        // Given
        var id = Names.key();
        var encrypted = BodyCipher.encrypt(BodyKey.of(id, "alice", BYTES), TEXT);
        try (var keys = at("127.0.0.1:" + ServiceBeside.freePort())) {
            keys.start();

            // When // Then
            assertThatThrownBy(() -> keys.decrypt(id, encrypted))
                    .isInstanceOf(KeysBehindException.class)
                    .hasMessageContaining(id);
            assertThat(keys.isReady()).isFalse();
        }
    }

    private static BodyKeys at(String brokers) {
        return new BodyKeys(Map.of("bootstrap.servers", brokers), serdes.deserializer(UserKey.class));
    }

    private static void write(String id, String user) throws Exception {
        var key = new UserKey(UserKeyState.KEY, user, ByteBuffer.wrap(BYTES), Instant.now(), null);
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer(UserKey.class))) {
            producer.send(new ProducerRecord<>(TopicCatalogue.USER_KEYS.name(), KeyRing.recordOfKey(id), key))
                    .get();
        }
    }
}
