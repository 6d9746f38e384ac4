package io.millrace.edge;

import io.millrace.edge.http.EdgeServer;
import io.millrace.edge.inbound.PendingCommands;
import io.millrace.edge.protocol.CloseCode;
import io.millrace.edge.session.Session;
import io.millrace.edge.session.SessionRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A planned end: no new connections, goaway to everybody, answers until the close, closes spread over time so that the
 * next edge is not met by all at once. Undertow by itself does nothing for WebSockets when it stops.
 */
final class Drain {
    private static final Logger LOGGER = LoggerFactory.getLogger(Drain.class);
    private static final long STEP_MS = 50;
    private static final Duration LAST_ANSWERS = Duration.ofMillis(1500);

    private final EdgeConfig.Drain settings;
    private final EdgeServer server;
    private final SessionRegistry sessions;
    private final PendingCommands pending;

    Drain(EdgeConfig.Drain settings, EdgeServer server, SessionRegistry sessions, PendingCommands pending) {
        this.settings = settings;
        this.server = server;
        this.sessions = sessions;
        this.pending = pending;
    }

    /** What one client is told to wait. */
    long jitteredReconnectMs() {
        long max = Math.max(500, settings.reconnectAfterMax().toMillis());
        return ThreadLocalRandom.current().nextLong(250, max);
    }

    /** Returns when every session was told and closed, in bounded time. */
    void run() {
        server.open(false);
        var all = new ArrayList<>(sessions.all());
        Collections.shuffle(all);
        LOGGER.atInfo().addKeyValue("sessions", all.size()).log("draining");
        for (var session : all) {
            session.onGoaway(jitteredReconnectMs());
        }
        awaitDecisions();
        closeInBatches(all);
        awaitGone();
        LOGGER.atInfo().addKeyValue("sessions", sessions.size()).log("drained");
    }

    private void awaitDecisions() {
        long deadline = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (!pending.isEmpty() && System.nanoTime() < deadline) {
            pause();
        }
    }

    private void closeInBatches(List<Session> all) {
        int steps = (int) Math.max(1, settings.over().toMillis() / STEP_MS);
        int perStep = Math.max(10, all.size() / steps);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).finish(CloseCode.GOING_AWAY);
            if (i % perStep == perStep - 1) {
                pause();
            }
        }
    }

    private void awaitGone() {
        long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (sessions.size() > 0 && System.nanoTime() < deadline) {
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(STEP_MS).toNanos());
    }
}
