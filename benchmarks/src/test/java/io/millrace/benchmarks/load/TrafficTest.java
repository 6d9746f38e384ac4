package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.guarantees.load.wire.Reactor;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrafficTest {
    private static final int USERS = 7;
    private static final long SEED = 42;

    private final List<Reactor> reactors = List.of(new Reactor("one"), new Reactor("two"));
    private final Ledger ledger = new Ledger(PullableWatch.NONE);
    private final Queue<Long> sent = new ConcurrentLinkedQueue<>();
    private final Queue<String> senders = new ConcurrentLinkedQueue<>();

    private final Talk talk = (random, reactor, count) -> {
        int from = Talk.any(random, USERS, reactor, count);
        return new Talk.Errand(
                operation -> {
                    sent.add(operation);
                    senders.add(operation % 2 + " from " + from);
                    ledger.onPosted(operation);
                    ledger.onDelivered(operation, 1);
                },
                "user-" + Talk.partner(from, USERS));
    };

    @AfterEach
    void close() throws InterruptedException {
        for (var reactor : reactors) {
            reactor.close();
        }
    }

    @Test
    void shouldSendEveryMessageOnceAndNoneBeforeItIsDue() throws InterruptedException {
        // Given
        var stretch = ledger.open(Rates.constant(500, 0.4), 1);
        long began = System.nanoTime();

        // When
        new Traffic(reactors, ledger, talk, SEED).send(stretch);

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(390));
        assertThat(sent).hasSize(200).doesNotHaveDuplicates();
        assertThat(stretch.sentCount()).isEqualTo(200);
        assertThat(stretch.isOver()).isTrue();
        assertThat(stretch.deliveredMs(0)).isNotNegative();
    }

    @Test
    void shouldLeaveEveryUserToOneReactor() throws InterruptedException {
        // Given
        var stretch = ledger.open(Rates.constant(1000, 0.2), 1);

        // When
        new Traffic(reactors, ledger, talk, SEED).send(stretch);

        // Then: a message belongs to a reactor by its number, a user by its index
        long odd = Math.floorMod(stretch.first(), 2L);
        assertThat(senders).allSatisfy(line -> {
            long reactor = Math.floorMod(Long.parseLong(line.substring(0, 1)) - odd, 2L);
            assertThat(Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)) % 2)
                    .as(line)
                    .isEqualTo((int) reactor);
        });
    }

    @Test
    void shouldSettleNotBeforeEverythingIsAnsweredAndDelivered() throws InterruptedException {
        // Given
        Talk unanswered = (random, reactor, count) -> new Talk.Errand(sent::add, "nobody");
        var stretch = ledger.open(Rates.constant(100, 0.05), 1);
        var traffic = new Traffic(reactors, ledger, unanswered, SEED);
        traffic.send(stretch);
        boolean before = traffic.settle(stretch, Duration.ofMillis(60));

        // When
        sent.forEach(operation -> {
            ledger.onPosted(operation);
            ledger.onDelivered(operation, 1);
        });

        // Then
        assertThat(before).isFalse();
        assertThat(traffic.settle(stretch, Duration.ofSeconds(10))).isTrue();
    }
}
