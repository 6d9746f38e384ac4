package io.millrace.example.analytics;

import io.millrace.schemas.serde.RecordSerdes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs until it is ended, or until a fault ends it (exit code 1). Environment: {@code KAFKA}, {@code REGISTRY}, and if
 * wanted {@code CLIENT_PROPERTIES} (a file of client settings), {@code PORT} (27400) and {@code STATE} (a directory).
 */
public final class AnalyticsMain {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnalyticsMain.class);
    private static final long PATIENCE_S = 60;

    private AnalyticsMain() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings;
        try {
            settings = Settings.of(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        makeTopic(settings);
        var ended = new CountDownLatch(1);
        var topology = new AnalyticsTopology(RecordSerdes.at(settings.registry(), settings.client())).get();
        try (var streams = new KafkaStreams(topology, settings.streams());
                var page = new AnalyticsPage(Results.of(streams), settings.port())) {
            streams.setUncaughtExceptionHandler(e -> {
                LOGGER.atError().setCause(e).log("counting ended");
                ended.countDown();
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            var closed = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitClosed(ended, closed), "end"));
            streams.start();
            System.out.println("analytics at " + page.url());
            ended.await();
            page.close();
            streams.close();
            closed.countDown();
        }
        System.exit(1); // no effect while the JVM ends already
    }

    private static void awaitClosed(CountDownLatch ended, CountDownLatch closed) {
        ended.countDown();
        try {
            if (!closed.await(PATIENCE_S, TimeUnit.SECONDS)) {
                LOGGER.warn("the stores were not closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With the number of copies that the broker gives to every topic. */
    private static void makeTopic(Settings settings) throws InterruptedException, ExecutionException {
        var topic = new NewTopic(AnalyticsTopology.MINUTES, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try (var admin = Admin.create(settings.client())) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
