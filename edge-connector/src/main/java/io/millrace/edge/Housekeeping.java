package io.millrace.edge;

import io.millrace.edge.inbound.PendingCommands;
import io.millrace.edge.session.SessionRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that looks, ten times a second, at everything that depends on time: sessions and undecided commands. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Housekeeping.class);
    private static final long EVERY_MS = 100;

    private final SessionRegistry sessions;
    private final PendingCommands pending;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "housekeeping");

    Housekeeping(SessionRegistry sessions, PendingCommands pending) {
        this.sessions = sessions;
        this.pending = pending;
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (!stop.await(EVERY_MS, TimeUnit.MILLISECONDS)) {
                pending.sweep(System.nanoTime());
                sessions.sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOGGER.atWarn().log("housekeeping interrupted");
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.join(1000);
    }
}
