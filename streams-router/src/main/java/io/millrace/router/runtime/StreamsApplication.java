package io.millrace.router.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.router.RouterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running Streams application. A thread that dies of something transient is replaced, at most five times in five
 * minutes; after that the application stops and with it, by liveness, the process. Stores whose bytes are spoilt are thrown
 * away at the next start.
 */
public final class StreamsApplication implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamsApplication.class);
    private static final int REPLACEMENTS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(15);

    private final String name;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final SpoiltStores spoilt;
    private final Deque<Long> replacedAt = new ArrayDeque<>();

    public StreamsApplication(String name, Topology topology, RouterConfig config) {
        this.name = name;
        this.spoilt = new SpoiltStores(Path.of(config.stateDir()), name);
        this.streams = new KafkaStreams(topology, StreamsSettings.of(name, config), new RegularPolls());
        this.metrics = new KafkaStreamsMetrics(streams, List.of(Tag.of("application", name)));
        streams.setUncaughtExceptionHandler(this::onThreadDied);
        streams.setStateListener((now, before) -> LOGGER.atInfo()
                .addKeyValue("application", name)
                .addKeyValue("state", now)
                .log("application state changed"));
    }

    public String name() {
        return name;
    }

    /** Registers what Kafka Streams measures of itself: rates, latencies, lag, stores, transactions. */
    public void bindTo(MeterRegistry registry) {
        metrics.bindTo(registry);
    }

    public void start() {
        if (spoilt.areNoted()) {
            LOGGER.atWarn().addKeyValue("application", name).log("spoilt stores are thrown away, changelogs are read");
            streams.cleanUp();
            spoilt.forget();
        }
        try {
            streams.start();
        } catch (RuntimeException e) {
            spoilt.note(e);
            throw e;
        }
    }

    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    public boolean isAlive() {
        return streams.state() != KafkaStreams.State.ERROR && streams.state() != KafkaStreams.State.PENDING_ERROR;
    }

    /** Leaves the group too: otherwise whoever comes next waits until the session of this member has timed out. */
    @Override
    public void close() {
        metrics.close();
        var options = CloseOptions.timeout(CLOSED_WITHIN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(options)) {
            LOGGER.atWarn().addKeyValue("application", name).log("application did not close in time");
        }
    }

    private synchronized StreamThreadExceptionResponse onThreadDied(Throwable e) {
        LOGGER.atError().addKeyValue("application", name).setCause(e).log("stream thread died");
        long now = System.nanoTime();
        while (!replacedAt.isEmpty() && now - replacedAt.peekFirst() > WITHIN.toNanos()) {
            replacedAt.removeFirst();
        }
        if (e instanceof Error || spoilt.note(e) || replacedAt.size() >= REPLACEMENTS) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replacedAt.addLast(now);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
