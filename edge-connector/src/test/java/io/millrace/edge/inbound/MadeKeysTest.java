package io.millrace.edge.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.record.UserKeyState;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log is played: what is written is read back when the test says so. */
@Timeout(60)
class MadeKeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KeyRing ring = new KeyRing();
    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, value) -> new byte[0]);
    private final LogWriter writer = new LogWriter("writer", producer, 100);
    private final MadeKeys keys = new MadeKeys(ring, writer, Clock.systemUTC());
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        writer.close();
    }

    @Test
    void shouldDoTheWorkInOrderWhenTheKeyIsReadBack() {
        // Given
        keys.give("alice", true, work("one"));
        keys.give("alice", false, work("two"));
        keys.give("alice", true, work("three"));
        keys.give("bob", false, work("bob's"));
        assertThat(done).as("a key that was not read back is not used").containsExactly("bob's -");

        // When
        readBack();

        // Then
        var id = ring.of("alice").map(BodyKey::id).orElseThrow();
        assertThat(done).containsExactly("bob's -", "one " + id, "two " + id, "three " + id);
        keys.give("alice", true, work("four"));
        assertThat(done).last().isEqualTo("four " + id);
        assertThat(producer.history()).as("one key was made").hasSize(1);
    }

    @Test
    void shouldUseTheKeyOfAnotherEdgeWhenItWasFirst() {
        // Given
        keys.give("alice", true, work("one"));
        var theirs = new UserKey(UserKeyState.KEY, "alice", ByteBuffer.wrap(new byte[32]), Instant.EPOCH, null);

        // When
        ring.apply("key:theirs", theirs);
        keys.onChange("alice");
        readBack();

        // Then
        keys.give("alice", true, work("two"));
        assertThat(done).containsExactly("one theirs", "two theirs");
    }

    @Test
    void shouldGiveNoKeyWhenNoneCouldBeWritten() {
        // Given
        keys.give("alice", true, work("one"));
        await().atMost(PATIENCE).until(() -> producer.history().size() == 1);

        // When
        producer.errorNext(new TimeoutException("no broker"));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).containsExactly("one -"));
        keys.give("alice", true, work("two"));
        await().atMost(PATIENCE).until(() -> producer.history().size() == 2);
        readBack();
        assertThat(done).hasSize(2).last().asString().isNotEqualTo("two -");
    }

    @Test
    void shouldGiveNoKeyWhenTheUserIsErasedMeanwhile() {
        // Given
        keys.give("alice", true, work("one"));

        // When
        ring.apply("user:alice", new UserKey(UserKeyState.ERASED, "alice", null, Instant.EPOCH, "asked for it"));
        keys.onChange("alice");
        readBack();

        // Then
        assertThat(done).containsExactly("one -");
        assertThat(keys.isErased("alice")).isTrue();
    }

    /** As everybody reads it. */
    private void readBack() {
        await().atMost(PATIENCE).until(() -> !producer.history().isEmpty());
        var record = producer.history().get(producer.history().size() - 1);
        ring.apply(record.key(), (UserKey) record.value()).ifPresent(keys::onChange);
    }

    private Consumer<Optional<BodyKey>> work(String name) {
        return key -> done.add(name + " " + key.map(BodyKey::id).orElse("-"));
    }
}
