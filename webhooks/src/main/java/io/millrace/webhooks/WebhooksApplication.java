package io.millrace.webhooks;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.UserKey;
import io.millrace.service.admin.AdminServer;
import io.millrace.service.admin.Health;
import io.millrace.service.bodies.BodyKeys;
import io.millrace.service.lifecycle.RefusedToStartException;
import io.millrace.service.lifecycle.Service;
import io.millrace.webhooks.delivery.HttpCourier;
import io.millrace.webhooks.dispatch.Feed;
import io.millrace.webhooks.dispatch.KafkaDeadLetters;
import io.millrace.webhooks.lag.GroupOffsets;
import io.millrace.webhooks.lag.Lags;
import io.millrace.webhooks.state.States;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The parts of the service and the order they start in: health first, then Kafka is waited for, then what is known of
 * pauses, then every subscriber is fed.
 */
public final class WebhooksApplication implements Service {
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** So long the partitions of a dispatcher that was killed wait for another. */
    private static final int SESSION_MS = 10_000;

    /** A subscriber is slower than the log: little is fetched ahead. */
    private static final int FETCH_BYTES = 1 << 20;

    private final WebhooksConfig config;
    private final Clock clock = Clock.systemUTC();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile List<Feed> feeds = List.of();

    public WebhooksApplication(WebhooksConfig config) {
        this.config = config;
        if (config.subscribers().isEmpty()) {
            throw new RefusedToStartException("subscribers is empty: there is nobody to send to; see docs/webhooks.md");
        }
    }

    @Override
    public void start() throws Exception {
        var states = open(new States(config.kafka(), clock));
        var bodyKeys = open(
                new BodyKeys(config.kafka().consumer(), config.kafka().serdes().deserializer(UserKey.class)));
        health.addReadiness("states", states::isReady);
        health.addReadiness("keys", bodyKeys::isReady);
        health.addReadiness(
                "subscribers", () -> !feeds.isEmpty() && feeds.stream().allMatch(Feed::isSettled));
        health.addLiveness("feeds", () -> feeds.stream().allMatch(Feed::isAlive));
        var admin = open(new AdminServer(config.admin().host(), config.admin().port(), health, metrics));
        admin.start();

        var client = Admin.create(config.kafka().client());
        var offsets = open(new GroupOffsets(client));
        await(new Topics(client)::areThere);
        states.start();
        bodyKeys.start();
        await(states::isReady);
        await(bodyKeys::isReady);
        health.addLiveness("states", states::isAlive);
        health.addLiveness("keys", bodyKeys::isAlive);

        var deadLetters = open(new KafkaDeadLetters(config.kafka()));
        var lags = open(new Lags(offsets, config.subscribers(), metrics));
        var made = new ArrayList<Feed>();
        for (var subscriber : config.subscribers()) {
            made.add(open(new Feed(
                    subscriber,
                    () -> consumer(subscriber),
                    config.kafka().serdes().deserializer(ConversationEvent.class),
                    new HttpCourier(subscriber, bodyKeys, clock),
                    config.retry(),
                    deadLetters,
                    states,
                    metrics,
                    clock)));
        }
        made.forEach(Feed::start);
        feeds = List.copyOf(made);
        lags.start();
        admin.with(SubscriberDesk.PATH, new SubscriberDesk(made, states, offsets, new FeedStatus(states, lags, clock)));
    }

    @Override
    public boolean isLive() {
        return health.isLive();
    }

    @Override
    public void close() throws Exception {
        closing.countDown();
        feeds.forEach(Feed::stop); // all at once: each waits for its last answers
        while (true) {
            AutoCloseable part;
            synchronized (this) {
                part = parts.poll();
            }
            if (part == null) {
                return;
            }
            part.close();
        }
    }

    private Consumer<String, byte[]> consumer(SubscriberSettings subscriber) {
        var settings = config.kafka().consumer();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, subscriber.group());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Feed.POLL_RECORDS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * FETCH_BYTES);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private interface Question {
        boolean ask() throws InterruptedException;
    }

    /** Asks every second until the answer is yes. */
    private void await(Question question) throws InterruptedException {
        while (!question.ask()) {
            if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed while starting");
            }
        }
    }

    private synchronized <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }
}
