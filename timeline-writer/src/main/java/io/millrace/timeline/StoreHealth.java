package io.millrace.timeline;

import io.millrace.timeline.cassandra.TimelineStore;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the store once a second whether it is there, so that a health check need not wait. Thread-safe. */
final class StoreHealth implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "store-health");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean answering;

    void watch(TimelineStore store) {
        answering = true;
        var unused = timer.scheduleWithFixedDelay(() -> store.ping(good -> answering = good), 0, 1, TimeUnit.SECONDS);
    }

    boolean isAnswering() {
        return answering;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
