package io.millrace.webhooks.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.WebhookPauseCause;
import io.millrace.schemas.serde.RegistryUnavailableException;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.kafka.KafkaRefusal;
import io.millrace.webhooks.delivery.Backoff;
import io.millrace.webhooks.delivery.Courier;
import io.millrace.webhooks.state.Pauses;
import io.millrace.webhooks.state.StateUnavailableException;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log as one subscriber gets it. While the subscriber is not paused this process is a member of its group; a partition
 * is not read on while too much of it waits, and polling goes on, so the member stays however long the subscriber is away.
 * A paused subscriber's group has no member, so that it can be put elsewhere.
 */
public final class Feed implements AutoCloseable {
    /** Records of one poll at most. */
    public static final int POLL_RECORDS = 100;

    /** Events of a partition that are read before the first of them is finished; so many are sent twice at most. */
    static final int AHEAD = 500;

    private static final Logger LOGGER = LoggerFactory.getLogger(Feed.class);
    private static final Duration POLL_IDLE = Duration.ofMillis(100);
    private static final Duration POLL_BUSY = Duration.ofMillis(20);
    private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(250).toNanos();
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final SubscriberSettings subscriber;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Decoded decoded;
    private final Courier courier;
    private final Backoff backoff;
    private final DeadLetters deadLetters;
    private final Pauses pauses;
    private final DispatchMetrics metrics;
    private final Clock clock;
    private final LastFailure lastFailure;
    private final ScheduledExecutorService desk;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Deliveries current;
    private volatile boolean joined;

    /** @param consumers a new consumer of the subscriber's group, without automatic commits and resets, each time */
    public Feed(
            SubscriberSettings subscriber,
            Supplier<Consumer<String, byte[]>> consumers,
            Deserializer<ConversationEvent> deserializer,
            Courier courier,
            RetrySettings retry,
            DeadLetters deadLetters,
            Pauses pauses,
            MeterRegistry registry,
            Clock clock) {
        this.subscriber = subscriber;
        this.consumers = consumers;
        this.decoded = new Decoded(deserializer, subscriber.filter());
        this.courier = courier;
        this.backoff = new Backoff(retry.first(), retry.longest(), () -> ThreadLocalRandom.current()
                .nextDouble());
        this.deadLetters = deadLetters;
        this.pauses = pauses;
        this.metrics = new DispatchMetrics(registry, subscriber.name());
        this.clock = clock;
        this.lastFailure = new LastFailure(clock);
        this.desk = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "desk-" + subscriber.name()));
        this.thread = new Thread(this::run, "feed-" + subscriber.name());
        gauge(registry, "millrace.webhooks.paused", "1 while a subscriber is paused", () -> isPaused() ? 1 : 0);
        gauge(
                registry,
                "millrace.webhooks.waiting.age",
                "Seconds since the oldest event that a subscriber does not have yet",
                () -> oldestMs().stream()
                        .mapToDouble(ms -> Math.max(0, clock.millis() - ms) / 1000.0)
                        .sum());
    }

    public void start() {
        thread.start();
    }

    public SubscriberSettings subscriber() {
        return subscriber;
    }

    /** Whether its thread runs; once started it ends only with {@link #close} or by a fault. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Whether the group has taken this process in, or there is none because the subscriber is paused. */
    public boolean isSettled() {
        return joined || isPaused();
    }

    public boolean isPaused() {
        return pauses.pauseOf(subscriber.name()).isPresent();
    }

    /** Partitions that are this process's. */
    public int partitions() {
        return Optional.ofNullable(current).map(Deliveries::partitions).orElse(0);
    }

    /** Events read and not finished, in this process. */
    public int waiting() {
        return Optional.ofNullable(current).map(Deliveries::waiting).orElse(0);
    }

    /** Record time of the oldest of them. */
    public OptionalLong oldestMs() {
        var deliveries = current;
        return deliveries == null ? OptionalLong.empty() : deliveries.oldestMs();
    }

    public Optional<LastFailure.Failure> lastFailure() {
        return lastFailure.last();
    }

    /** Begins to close; {@link #close} waits for the end. */
    public void stop() {
        closing.countDown();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        thread.join(LAST_ANSWERS.plusSeconds(5).toMillis());
        desk.shutdownNow();
        desk.awaitTermination(1, TimeUnit.SECONDS);
        courier.close();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                if (isPaused()) {
                    closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    follow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until it is paused, gone or closed. */
    private void follow() throws InterruptedException {
        var deliveries = new Deliveries(subscriber, courier, backoff, deadLetters, metrics, clock, desk, lastFailure);
        current = deliveries;
        try (var consumer = consumers.get()) {
            consumer.subscribe(
                    List.of(TopicCatalogue.CONVERSATION_EVENTS.name()),
                    new Membership(subscriber, consumer, deliveries, pauses, () -> joined = true));
            var rounds = new Rounds(consumer, deliveries);
            while (closing.getCount() > 0 && !isPaused() && !deliveries.isGone()) {
                rounds.next();
            }
            var offsets = deliveries.leave(consumer.assignment(), patience());
            if (closing.getCount() > 0) {
                offsets.replaceAll((partition, at) -> FirstAttempt.beside(at.offset(), null)); // no pause ages an event
            }
            Membership.commit(consumer, offsets);
        } catch (InvalidOffsetException e) {
            LOGGER.atError()
                    .addKeyValue("subscriber", subscriber.name())
                    .addKeyValue("partitions", e.partitions())
                    .log("the log has nothing where the group stands, paused");
            pause(WebhookPauseCause.OFFSETS_LOST);
        } catch (KafkaException e) {
            if (KafkaRefusal.in(e).isPresent()) {
                throw e;
            }
            // the group is left and joined again: what was not committed is sent again
            LOGGER.atWarn()
                    .addKeyValue("subscriber", subscriber.name())
                    .addKeyValue("error", e.toString())
                    .log("log not read, trying again");
            closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            joined = false;
            current = null;
            deliveries.end();
        }
        if (deliveries.isGone()) {
            LOGGER.atWarn().addKeyValue("subscriber", subscriber.name()).log("answered 410, paused");
            pause(WebhookPauseCause.GONE);
        }
    }

    /** Nothing is sent meanwhile, however long it takes to write that down. */
    private void pause(WebhookPauseCause cause) throws InterruptedException {
        while (closing.getCount() > 0) {
            try {
                pauses.set(subscriber.name(), true, cause);
                return;
            } catch (StateUnavailableException e) {
                LOGGER.atWarn()
                        .addKeyValue("subscriber", subscriber.name())
                        .addKeyValue("error", e.getMessage())
                        .log("pause not written, trying again");
                closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private Duration patience() {
        return subscriber.timeout().compareTo(LAST_ANSWERS) < 0 ? subscriber.timeout() : LAST_ANSWERS;
    }

    private void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("subscriber", subscriber.name())
                .register(registry);
    }

    /** One poll after the other. */
    private final class Rounds {
        private final Consumer<String, byte[]> consumer;
        private final Deliveries deliveries;
        private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        private long committedAtNanos = System.nanoTime();

        Rounds(Consumer<String, byte[]> consumer, Deliveries deliveries) {
            this.consumer = consumer;
            this.deliveries = deliveries;
        }

        void next() throws InterruptedException {
            var records = consumer.poll(deliveries.waiting() > 0 ? POLL_BUSY : POLL_IDLE);
            boolean taken = true;
            for (var partition : records.partitions()) {
                taken &= take(partition, records.records(partition));
            }
            for (var partition : consumer.assignment()) {
                deliveries.read(partition, consumer.position(partition));
                var one = List.of(partition);
                if (deliveries.unfinished(partition) > AHEAD - POLL_RECORDS) {
                    consumer.pause(one);
                } else if (consumer.paused().contains(partition)) {
                    consumer.resume(one);
                }
            }
            if (System.nanoTime() - committedAtNanos > COMMIT_EVERY_NANOS) {
                commit();
            }
            if (!taken) {
                closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        /** Returns false if the registry is away: the rest is read again. */
        private boolean take(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
            for (var record : records) {
                try {
                    decoded.of(record).ifPresent(deliveries::take);
                } catch (RegistryUnavailableException e) {
                    LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("registry away, log waits");
                    consumer.seek(partition, record.offset());
                    return false;
                }
            }
            return true;
        }

        private void commit() {
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            deliveries.committable().forEach((partition, offset) -> {
                if (!offset.equals(committed.put(partition, offset))) {
                    offsets.put(partition, offset);
                }
            });
            if (!offsets.isEmpty()) {
                consumer.commitAsync(offsets, (done, failure) -> {
                    if (failure != null) {
                        // harmless: a later commit covers it, and what is sent again has the same id
                        LOGGER.atWarn().addKeyValue("error", failure.toString()).log("commit.failed");
                        committed.keySet().removeAll(offsets.keySet());
                    }
                });
            }
            committedAtNanos = System.nanoTime();
        }
    }
}
