package io.millrace.timeline;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.record.UserKey;
import io.millrace.service.admin.AdminServer;
import io.millrace.service.admin.Health;
import io.millrace.service.auth.Revocations;
import io.millrace.service.auth.TokenVerifier;
import io.millrace.service.bodies.BodyKeys;
import io.millrace.service.lifecycle.RefusedToStartException;
import io.millrace.service.lifecycle.Service;
import io.millrace.timeline.cassandra.CassandraConnection;
import io.millrace.timeline.cassandra.StoreMetrics;
import io.millrace.timeline.cassandra.StoreRefusedException;
import io.millrace.timeline.cassandra.StoreUnavailableException;
import io.millrace.timeline.cassandra.TimelineStore;
import io.millrace.timeline.consume.BatchWriters;
import io.millrace.timeline.consume.LogConsumer;
import io.millrace.timeline.consume.WriterMetrics;
import io.millrace.timeline.pull.Authentication;
import io.millrace.timeline.pull.PullMetrics;
import io.millrace.timeline.pull.PullServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of the service and the order they start in. Health and the pull API come first (503 until there is a store),
 * then Kafka and Cassandra are waited for, then the log is taken.
 */
public final class TimelineApplication implements Service {
    private static final Logger LOGGER = LoggerFactory.getLogger(TimelineApplication.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final TimelineConfig config;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile @Nullable LogConsumer log;

    public TimelineApplication(TimelineConfig config) {
        this.config = config;
        if (config.auth() == null || config.auth().issuers().isEmpty()) {
            throw new RefusedToStartException("auth.issuers is empty: no token would be honoured");
        }
    }

    @Override
    public void start() throws Exception {
        var revocations = open(new Revocations(
                config.kafka().consumer(), config.kafka().serdes().deserializer(Revocation.class)));
        var bodyKeys = open(
                new BodyKeys(config.kafka().consumer(), config.kafka().serdes().deserializer(UserKey.class)));
        var storeHealth = open(new StoreHealth());
        health.addReadiness("revocations", revocations::isReady);
        health.addReadiness("keys", bodyKeys::isReady);
        health.addReadiness("cassandra", storeHealth::isAnswering);
        health.addReadiness(
                "log",
                () -> Optional.ofNullable(log).filter(LogConsumer::isConsuming).isPresent());
        health.addLiveness(
                "consume",
                () -> Optional.ofNullable(log).map(LogConsumer::isAlive).orElse(true));
        open(new AdminServer(config.admin().host(), config.admin().port(), health, metrics))
                .start();
        revocations.start();
        bodyKeys.start();
        var authentication = new Authentication(new TokenVerifier(config.auth(), Clock.systemUTC()), revocations);
        var api = open(new PullServer(config.api(), authentication, new PullMetrics(metrics)));
        api.start();

        String epoch = await(new Numbering(config.kafka())::ask);
        var store = open(await(this::store));
        storeHealth.watch(store);
        api.serve(store, bodyKeys, epoch, storeHealth::isAnswering);
        var consumer = open(logConsumer(store, epoch));
        store.onNodeReturned(consumer::onStoreReturned);
        storeHealth.onAnswer(consumer::onStoreAnswered);
        consumer.start();
        log = consumer;
    }

    @Override
    public boolean isLive() {
        return health.isLive();
    }

    @Override
    public void close() throws Exception {
        closing.countDown();
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private Optional<TimelineStore> store() {
        try {
            var connection = CassandraConnection.open(config.cassandra());
            return Optional.of(new TimelineStore(connection, config.cassandra(), new StoreMetrics(metrics)));
        } catch (StoreRefusedException e) {
            throw new RefusedToStartException(e.getMessage() + "; see runbooks/secure-servers.md");
        } catch (StoreUnavailableException e) {
            LOGGER.atWarn().addKeyValue("error", String.valueOf(e.getCause())).log("cassandra.unavailable");
            return Optional.empty();
        }
    }

    private LogConsumer logConsumer(TimelineStore store, String epoch) {
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.writer().group());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.writer().batchRecords());
        var writerMetrics = new WriterMetrics(metrics);
        return new LogConsumer(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                BatchWriters.goingOn(store, config.kafka().serdes(), writerMetrics, epoch),
                writerMetrics,
                config.writer());
    }

    /** Asks every second until there is an answer. */
    private <T> T await(Question<T> question) throws Exception {
        while (true) {
            var answer = question.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed while starting");
            }
        }
    }

    private interface Question<T> {
        Optional<T> ask() throws Exception;
    }

    private synchronized <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }
}
