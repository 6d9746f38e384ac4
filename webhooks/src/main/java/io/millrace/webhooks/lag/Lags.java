package io.millrace.webhooks.lag;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far every subscriber's group is behind the log, asked of Kafka every few seconds: that of a paused one too, and over
 * all dispatchers. Thread-safe.
 */
public final class Lags implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Lags.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final GroupOffsets offsets;
    private final List<SubscriberSettings> subscribers;
    private final Map<String, Map<Integer, GroupOffsets.Position>> known = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "webhook-lags");
        thread.setDaemon(true);
        return thread;
    });

    public Lags(GroupOffsets offsets, List<SubscriberSettings> subscribers, MeterRegistry registry) {
        this.offsets = offsets;
        this.subscribers = List.copyOf(subscribers);
        for (var subscriber : subscribers) {
            Gauge.builder("millrace.webhooks.lag", () -> lag(subscriber.name()))
                    .description(
                            "Records of the log that a subscriber's group has not finished; -1 where it stands nowhere")
                    .tag("subscriber", subscriber.name())
                    .register(registry);
        }
    }

    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** By partition, as last heard; empty before, and while the group stands nowhere. */
    public Map<Integer, GroupOffsets.Position> positions(String subscriber) {
        return known.getOrDefault(subscriber, Map.of());
    }

    /** Over all partitions, as last heard; -1 before, and while the group stands nowhere. */
    public long lag(String subscriber) {
        var positions = known.get(subscriber);
        return positions == null || positions.isEmpty()
                ? -1
                : positions.values().stream()
                        .mapToLong(GroupOffsets.Position::lag)
                        .sum();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void ask() {
        for (var subscriber : subscribers) {
            try {
                known.put(subscriber.name(), offsets.of(subscriber.group()));
            } catch (ExecutionException | TimeoutException e) {
                LOGGER.atWarn()
                        .addKeyValue("subscriber", subscriber.name())
                        .addKeyValue("error", e.toString())
                        .log("lag not known, trying again");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
