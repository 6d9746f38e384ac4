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
    private volatile Runnable then = () -> {};

    void watch(TimelineStore store) {
        answering = true;
        var unused = timer.scheduleWithFixedDelay(() -> store.ping(this::told), 0, 1, TimeUnit.SECONDS);
    }

    /** @param heard called after every answer, on an I/O thread of the driver; it must not wait */
    void onAnswer(Runnable heard) {
        then = heard;
    }

    private void told(boolean good) {
        answering = good;
        if (good) {
            then.run();
        }
    }

    boolean isAnswering() {
        return answering;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
