package io.millrace.timeline.pull;

import io.millrace.service.bodies.Bodies;
import io.millrace.timeline.cassandra.TimelineStore;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP listener of the pull API. It answers from the start; until the store is given to it, with 503. Closing it
 * lets the requests under way finish.
 */
public final class PullServer implements AutoCloseable {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 64;
    /** A GET has no body; what comes all the same is read and forgotten. */
    private static final long MAX_ENTITY_BYTES = 1024;

    private static final int MAX_PARAMETERS = 32;
    private static final int PARSE_TIMEOUT_MS = 10_000;
    private static final int IDLE_TIMEOUT_MS = 60_000;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final AtomicReference<@Nullable Routes> routes = new AtomicReference<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService timer;
    private final GracefulShutdownHandler requests;
    private final Undertow server;
    private volatile BooleanSupplier storeAnswers = () -> false;

    public PullServer(PullSettings settings, Authentication authentication, PullMetrics metrics) {
        workers = new ThreadPoolExecutor(
                settings.workers(),
                settings.workers(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(settings.queue()),
                work -> thread(work, "pull"),
                new ThreadPoolExecutor.AbortPolicy());
        workers.allowCoreThreadTimeOut(true);
        timer = Executors.newSingleThreadScheduledExecutor(work -> thread(work, "pull-wait"));
        requests = new GracefulShutdownHandler(new PullHandler(
                authentication, this::routes, workers, new Waiting(timer, settings.waiting()), metrics));
        server = Undertow.builder()
                .addHttpListener(settings.port(), settings.host())
                .setIoThreads(2)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_ENTITY_BYTES)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_TIMEOUT_MS)
                .setHandler(requests)
                .build();
    }

    public void start() {
        server.start();
    }

    /**
     * From now on requests are answered from this store.
     *
     * @param bodies what reads the bodies in it
     * @param epoch the numbering that is in force
     * @param answering whether the store answers; while it does not, requests are refused at once instead of waiting
     */
    public void serve(TimelineStore store, Bodies bodies, String epoch, BooleanSupplier answering) {
        storeAnswers = answering;
        routes.set(new Routes(store, bodies, epoch, Clock.systemUTC()));
    }

    private @Nullable Routes routes() {
        return storeAnswers.getAsBoolean() ? routes.get() : null;
    }

    @Override
    public void close() throws InterruptedException {
        requests.shutdown();
        requests.awaitShutdown(DRAIN.toMillis());
        server.stop();
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private static Thread thread(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
