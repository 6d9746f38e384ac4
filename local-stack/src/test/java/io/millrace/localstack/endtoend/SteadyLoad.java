package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One device sends to another user's device twenty times a second; how long nothing arrived there is watched meanwhile.
 * For one thread beside its own.
 */
final class SteadyLoad implements AutoCloseable {
    private static final long EVERY_MS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Device from;
    private final Device to;
    private final String conversation;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final List<CompletableFuture<Decision>> decisions = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private int arrived;
    private long arrivedAtNanos = System.nanoTime();
    private long longestNanos;

    SteadyLoad(Device from, String recipient, Device to, String conversation) {
        this.from = from;
        this.to = to;
        this.conversation = conversation;
        clock.scheduleAtFixedRate(() -> send(recipient), 0, EVERY_MS, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(this::watch, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private synchronized void send(String recipient) {
        var text = "load " + sent.size();
        sent.add(text);
        decisions.add(from.client().send(Recipient.user(recipient), text).decision());
    }

    private synchronized void watch() {
        long now = System.nanoTime();
        int count = to.entries.size();
        longestNanos = Math.max(longestNanos, now - arrivedAtNanos);
        if (count > arrived) {
            arrived = count;
            arrivedAtNanos = now;
        }
    }

    /** Waits until so many more have arrived. */
    void awaitArrivals(int more) {
        int goal = to.entries.size() + more;
        await(more + " more at " + to).atMost(PATIENCE).until(() -> to.entries.size() >= goal);
    }

    /** Stops sending; all that was sent is posted and arrives, in its order. */
    void end() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the load does not end");
        }
        for (var decision : decisions) {
            Device.posted(
                    decision.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
        }
        await("everything at " + to).atMost(PATIENCE).untilAsserted(() -> assertThat(to.texts(conversation))
                .isEqualTo(sent));
    }

    /** The longest time in which nothing arrived while it was sent. */
    synchronized Duration longestSilence() {
        return Duration.ofNanos(longestNanos);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
