package io.millrace.edge.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.edge.lane.CurrentLife;
import io.millrace.edge.lane.Lives;
import io.millrace.edge.protocol.Fingerprints;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.DeviceId;
import io.millrace.schemas.id.UserId;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Typing is what is left out first when the log is slow. */
@Timeout(60)
class TypingUnderLoadTest {
    private static final ConversationId CONVERSATION = new ConversationId("d:alice:bob");
    private static final Asker ALICE = new Asker(new UserId("alice"), new DeviceId("phone"), "s-1", false);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SlowProducer producer = new SlowProducer();
    private final LogWriter writer = new LogWriter("writer", producer, 10);
    private final CurrentLife life = Lives.ready();
    private final CommandGate gate = new CommandGate(
            life,
            new PendingCommands(CommandLimits.defaults()),
            writer,
            new Fingerprints("fingerprints for tests"),
            SealingKeys.unused(user -> false),
            Clock.systemUTC(),
            registry);

    /** Blocks in {@code send}, as the producer does while its buffer is full. */
    private static final class SlowProducer extends MockProducer<String, SpecificRecord> {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final List<SpecificRecord> written = new CopyOnWriteArrayList<>();

        SlowProducer() {
            super(true, null, null, null);
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, SpecificRecord> record, Callback callback) {
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            written.add(record.value());
            callback.onCompletion(null, null);
            return CompletableFuture.completedFuture(null);
        }
    }

    @AfterEach
    void stop() throws Exception {
        producer.released.countDown();
        writer.close();
    }

    @Test
    void shouldBeLeftOutWhenHalfOfTheQueueIsFull() throws Exception {
        // Given: one is with the producer
        gate.tellTyping(CONVERSATION, ALICE);
        producer.entered.await();

        // When
        for (int i = 0; i < 100; i++) {
            gate.tellTyping(CONVERSATION, ALICE);
        }

        // Then: room is left for commands
        assertThat(writer.waiting()).isEqualTo(6);
        assertThat(dropped()).isEqualTo(94);
    }

    @Test
    void shouldBeLeftOutTogetherWithQuestionsWhoIsThere() throws Exception {
        // Given: one is with the producer
        gate.askPresence(CONVERSATION, ALICE);
        producer.entered.await();

        // When
        for (int i = 0; i < 100; i++) {
            gate.askPresence(CONVERSATION, ALICE);
        }

        // Then
        assertThat(writer.waiting()).isEqualTo(6);
        assertThat(dropped()).isEqualTo(94);
        Lives.end(life);
        gate.askPresence(CONVERSATION, ALICE);
        assertThat(dropped()).isEqualTo(95);
    }

    @Test
    void shouldBeLeftOutWithoutTheLog() {
        // Given
        Lives.end(life);

        // When
        gate.tellTyping(CONVERSATION, ALICE);

        // Then
        assertThat(dropped()).isEqualTo(1);
        assertThat(writer.waiting()).isZero();
    }

    @Test
    void shouldBeWrittenAgainWhenTheLogIsFastAgain() {
        // Given
        for (int i = 0; i < 100; i++) {
            gate.tellTyping(CONVERSATION, ALICE);
        }

        // When
        producer.released.countDown();

        // Then
        await().until(() -> writer.waiting() == 0);
        gate.tellTyping(CONVERSATION, ALICE);
        await().until(() -> producer.written.size() == 101 - (int) dropped());
    }

    private double dropped() {
        return registry.get("millrace.edge.signals.refused").counter().count();
    }
}
