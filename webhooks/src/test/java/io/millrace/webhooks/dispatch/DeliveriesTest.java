package io.millrace.webhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.webhooks.Events;
import io.millrace.webhooks.Subscribers;
import io.millrace.webhooks.delivery.Backoff;
import io.millrace.webhooks.delivery.Courier;
import io.millrace.webhooks.delivery.Letter;
import io.millrace.webhooks.delivery.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may be committed when an end comes at an awkward moment; answers come when the test gives them. */
@Timeout(60)
class DeliveriesTest {
    private static final TopicPartition ONE = new TopicPartition("conversation-events", 1);
    private static final TopicPartition TWO = new TopicPartition("conversation-events", 2);

    private final ScheduledExecutorService desk = Executors.newSingleThreadScheduledExecutor();
    private final List<CompletableFuture<Verdict>> answers = new CopyOnWriteArrayList<>();
    private final Deliveries deliveries = new Deliveries(
            Subscribers.at("http://127.0.0.1:1/", Duration.ofSeconds(5), 8, Duration.ofHours(1)),
            new Courier() {
                @Override
                public CompletableFuture<Verdict> send(Letter letter, int attempt) {
                    var answer = new CompletableFuture<Verdict>();
                    answers.add(answer);
                    return answer;
                }

                @Override
                public void close() {}
            },
            new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1), () -> 0),
            letter -> CompletableFuture.completedFuture(null),
            new DispatchMetrics(new SimpleMeterRegistry(), "billing"),
            Clock.systemUTC(),
            desk,
            new LastFailure(Clock.systemUTC()));

    @BeforeEach
    void begin() {
        deliveries.begin(ONE, new OffsetAndMetadata(5));
        deliveries.begin(TWO, new OffsetAndMetadata(7));
    }

    @AfterEach
    void end() {
        desk.shutdownNow();
    }

    @Test
    void shouldNotPassWhatCameAfterTheSubscriberWasGone() {
        // Given
        take(ONE, 5, "g:a", 1);
        answers.get(0).complete(new Verdict.Gone());
        Awaitility.await().until(deliveries::isGone);

        // When: the poll that was under way brings more
        take(TWO, 7, "g:b", 1);
        deliveries.read(TWO, 8);
        deliveries.read(ONE, 6);

        // Then
        assertThat(offsets(deliveries.committable())).isEqualTo(Map.of(ONE, 5L, TWO, 7L));
        assertThat(answers).hasSize(1);
    }

    @Test
    void shouldWaitForAnAnswerWhenAPartitionIsTakenAwayAndStartNothingMore() throws Exception {
        // Given
        take(ONE, 5, "g:a", 1);
        take(ONE, 6, "g:a", 2);
        deliveries.read(ONE, 7);
        var leaver = Thread.currentThread();
        desk.execute(() -> {
            Awaitility.await().until(() -> leaver.getState() == Thread.State.TIMED_WAITING);
            answers.get(0).complete(new Verdict.Delivered());
        });

        // When
        var left = deliveries.leave(List.of(ONE), Duration.ofSeconds(30));

        // Then
        assertThat(offsets(left)).isEqualTo(Map.of(ONE, 6L));
        assertThat(answers).hasSize(1);
        assertThat(deliveries.partitions()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAnUnansweredEventToTheNextOwner() throws Exception {
        // Given
        take(ONE, 5, "g:a", 1);
        deliveries.read(ONE, 6);

        // When
        var left = deliveries.leave(List.of(ONE), Duration.ofMillis(50));
        answers.get(0).complete(new Verdict.Delivered());

        // Then
        assertThat(offsets(left)).isEqualTo(Map.of(ONE, 5L));
        assertThat(FirstAttempt.in(left.get(ONE))).isPresent();
        assertThat(deliveries.waiting()).isZero();
    }

    @Test
    void shouldFreeThePlaceOfWhatIsLeftBehind() throws Exception {
        // Given
        for (int i = 0; i < 8; i++) {
            take(ONE, 5 + i, "g:" + i, 1);
        }
        take(TWO, 7, "g:b", 1);
        assertThat(answers).hasSize(8);

        // When
        deliveries.leave(List.of(ONE), Duration.ofMillis(10));
        answers.get(0).complete(new Verdict.Delivered());

        // Then
        Awaitility.await().until(() -> answers.size() == 9);
    }

    private void take(TopicPartition partition, long offset, String conversation, long version) {
        deliveries.take(new Pending(
                partition, offset, conversation, 0, new Letter(Events.message(conversation, version, "x"))));
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetAndMetadata> committed) {
        var offsets = new HashMap<TopicPartition, Long>();
        committed.forEach((partition, at) -> offsets.put(partition, at.offset()));
        return offsets;
    }
}
