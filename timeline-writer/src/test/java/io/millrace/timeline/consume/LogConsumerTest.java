package io.millrace.timeline.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On Kafka's own in-memory consumer: when offsets are committed, and when not. */
@Timeout(30)
class LogConsumerTest {
    private static final TopicPartition EVENTS = new TopicPartition("conversation-events", 0);
    private static final TopicPartition ENTRIES = new TopicPartition("timeline-entries", 0);

    private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger writers = new AtomicInteger();
    private LogConsumer consumer = consumer(Duration.ZERO);

    @AfterEach
    void close() throws InterruptedException {
        gates.values().forEach(CountDownLatch::countDown);
        consumer.close();
    }

    @Test
    void shouldCommitOnlyBehindWhatIsWritten() {
        // Given
        var gate = gate(EVENTS);
        startWith(EVENTS, ENTRIES);
        add(EVENTS, 0, 1, 2);
        add(ENTRIES, 0, 1);

        // When
        await().untilAsserted(() -> assertThat(committed(ENTRIES)).isEqualTo(2));

        // Then
        assertThat(committed(EVENTS)).as("its batch is not written yet").isZero();
        assertThat(kafka.paused()).contains(EVENTS);
        gate.countDown();
        await().untilAsserted(() -> assertThat(committed(EVENTS)).isEqualTo(3));
        await().untilAsserted(() -> assertThat(kafka.paused()).isEmpty());
    }

    @Test
    void shouldGoOnPollingWhileWritesHang() {
        // Given
        gate(EVENTS);
        startWith(EVENTS, ENTRIES);
        add(EVENTS, 0);
        await().untilAsserted(() -> assertThat(kafka.paused()).contains(EVENTS));

        // When
        add(ENTRIES, 0, 1, 2, 3);

        // Then
        await().untilAsserted(() -> assertThat(committed(ENTRIES)).isEqualTo(4));
        assertThat(consumer.isAlive()).isTrue();
    }

    @Test
    void shouldFlushAndCommitWhenPartitionIsTakenAwayInOrder() {
        // Given
        startWith(EVENTS, ENTRIES);
        add(EVENTS, 0, 1);
        await().untilAsserted(() -> assertThat(written).hasValue(2));

        // When
        kafka.schedulePollTask(() -> kafka.rebalance(List.of(ENTRIES)));
        // this consumer tells the offsets of assigned partitions only
        kafka.schedulePollTask(() -> kafka.rebalance(List.of(EVENTS, ENTRIES)));

        // Then
        await().untilAsserted(() -> assertThat(committed(EVENTS)).isEqualTo(2));
    }

    @Test
    void shouldGiveBatchUpUncommittedWhenClosedWhileStoreIsAway() throws InterruptedException {
        // Given
        gate(EVENTS);
        startWith(EVENTS);
        add(EVENTS, 0);
        await().untilAsserted(() -> assertThat(kafka.paused()).contains(EVENTS));

        // When
        consumer.close();

        // Then
        assertThat(interrupted).hasValue(1);
        assertThat(written).hasValue(0);
    }

    @Test
    void shouldNotCommitWhatTheStoreMayForget() {
        // Given
        consumer = consumer(Duration.ofMinutes(1));
        startWith(EVENTS);

        // When
        add(EVENTS, 0, 1, 2);
        await().untilAsserted(() -> assertThat(written).hasValue(3));
        add(EVENTS, 3);
        await().untilAsserted(() -> assertThat(written).hasValue(4));

        // Then
        assertThat(committed(EVENTS)).isZero();
    }

    @Test
    void shouldNotCommitWhatTheStoreMayForgetWhileItDoesNotAnswer() {
        // Given
        consumer = consumer(Duration.ofMillis(1));
        startWith(EVENTS, ENTRIES);
        add(EVENTS, 0, 1, 2);
        await().untilAsserted(() -> assertThat(written).hasValue(3));

        // When
        add(ENTRIES, 0);
        await().untilAsserted(() -> assertThat(written).hasValue(4));

        // Then
        assertThat(committed(EVENTS)).isZero();
        await().untilAsserted(() -> {
            consumer.onStoreAnswered();
            assertThat(committed(EVENTS)).isEqualTo(3);
        });
    }

    @Test
    void shouldWriteAgainWhatANodeThatWasAwayMayHaveForgotten() {
        // Given
        consumer = consumer(Duration.ofMinutes(1));
        startWith(EVENTS);
        add(EVENTS, 0, 1, 2);
        await().untilAsserted(() -> assertThat(written).hasValue(3));
        int before = writers.get();

        // When
        consumer.onStoreReturned();

        // Then: with heads as the store has them
        await().untilAsserted(() -> assertThat(kafka.position(EVENTS)).isZero());
        add(EVENTS, 0, 1, 2);
        await().untilAsserted(() -> assertThat(written).hasValue(6));
        assertThat(writers).hasValue(before + 1);
    }

    @Test
    void shouldWriteNothingAgainThatIsSettled() {
        // Given
        startWith(EVENTS);
        add(EVENTS, 0, 1, 2);
        await().untilAsserted(() -> assertThat(committed(EVENTS)).isEqualTo(3));

        // When
        consumer.onStoreReturned();
        add(EVENTS, 3);

        // Then
        await().untilAsserted(() -> assertThat(committed(EVENTS)).isEqualTo(4));
        assertThat(written).hasValue(4);
    }

    private LogConsumer consumer(Duration settling) {
        return new LogConsumer(
                kafka,
                (Function<String, BatchWriter>) this::writer,
                new WriterMetrics(new SimpleMeterRegistry()),
                new WriterSettings("g", 4, 10, settling));
    }

    private BatchWriter writer(String topic) {
        writers.incrementAndGet();
        return records -> {
            var gate = gates.get(topic);
            if (gate != null) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    throw e;
                }
            }
            written.addAndGet(records.size());
        };
    }

    private CountDownLatch gate(TopicPartition partition) {
        return gates.computeIfAbsent(partition.topic(), t -> new CountDownLatch(1));
    }

    private void startWith(TopicPartition... partitions) {
        var beginnings = new HashMap<TopicPartition, Long>();
        List.of(partitions).forEach(p -> beginnings.put(p, 0L));
        kafka.updateBeginningOffsets(beginnings);
        kafka.schedulePollTask(() -> kafka.rebalance(List.of(partitions)));
        consumer.start();
        await().until(consumer::isConsuming);
    }

    private void add(TopicPartition partition, long... offsets) {
        kafka.schedulePollTask(() -> {
            for (long offset : offsets) {
                kafka.addRecord(
                        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", new byte[] {1}));
            }
        });
    }

    private long committed(TopicPartition partition) {
        var offset = kafka.committed(Set.of(partition)).get(partition);
        return offset == null ? 0 : offset.offset();
    }
}
