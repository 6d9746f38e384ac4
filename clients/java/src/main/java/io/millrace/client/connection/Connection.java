package io.millrace.client.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.connection.ConnectionState.Phase;
import io.millrace.client.connection.Transport.Link;
import io.millrace.client.frame.Frames;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import io.millrace.client.frame.Welcome;
import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.Failures;
import io.millrace.client.loop.Loop;
import io.millrace.client.loop.Loop.Timer;
import io.millrace.client.loop.ServerClock;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session after another.
 *
 * <pre>
 *   IDLE ─connect─▶ CONNECTING ─hello─▶ GREETING ─welcome─▶ OPEN
 *                        ▲                  │                 │
 *                        └──── WAITING ◀────┴──── lost ───────┘──▶ STOPPED (until connect)
 * </pre>
 *
 * Each attempt has a number; what a link of an earlier attempt still says is not heard. Confined to the loop.
 */
public final class Connection {
    private static final Logger LOGGER = LoggerFactory.getLogger(Connection.class);
    private static final Duration GREETING_LIMIT = Duration.ofSeconds(15);

    private final Loop loop;
    private final ServerClock clock;
    private final Transport transport;
    private final URI uri;
    private final String device;
    private final TokenSource tokens;
    private final LongSupplier attempts;
    private final ReturnDelay returning;
    private final TokenRenewal renewal;
    private final Events events;

    private Stage stage = Stage.IDLE;
    private int attempt;
    private @Nullable Link link;
    private @Nullable Heartbeat heartbeat;
    private Timer timer = Timer.NONE;
    private long openedAtMs;
    private long returnAfterMs = -1;

    /** @param attempts gives the number that the device raises with every hello */
    public Connection(
            Loop loop,
            ServerClock clock,
            Transport transport,
            URI uri,
            String device,
            TokenSource tokens,
            LongSupplier attempts,
            Backoff backoff,
            Events events) {
        this.loop = loop;
        this.clock = clock;
        this.transport = transport;
        this.uri = uri;
        this.device = device;
        this.tokens = tokens;
        this.attempts = attempts;
        this.returning = new ReturnDelay(backoff, tokens);
        this.renewal = new TokenRenewal(loop, clock, tokens, token -> send(Frames.auth(token)));
        this.events = events;
    }

    /** Opens a session and keeps one open from now on; cuts a wait short, and has no effect while a session is open. */
    public void connect() {
        if (stage == Stage.IDLE || stage == Stage.STOPPED || stage == Stage.WAITING) {
            returning.onWish();
            open();
        }
    }

    /** Ends the session for good, politely. */
    public void close() {
        Link present = link;
        boolean wasOpen = stage == Stage.OPEN;
        leave(Stage.STOPPED);
        if (present != null) {
            present.close(1000, "");
        }
        if (wasOpen) {
            events.onSessionEnd();
        }
        events.onState(ConnectionState.of(Phase.STOPPED));
    }

    /** Writes a frame to the open session; without one it is not written, and nothing is queued. */
    public void send(ObjectNode frame) {
        Link present = link;
        if (present != null) {
            present.send(Json.write(frame));
            if (heartbeat != null) {
                heartbeat.onSent();
            }
        }
    }

    private void open() {
        leave(Stage.CONNECTING);
        int number = attempt;
        events.onState(ConnectionState.of(Phase.CONNECTING));
        // Covers everything until welcome, a token that never comes included.
        timer = loop.after(GREETING_LIMIT, () -> lost(Transport.ABNORMAL, "no welcome in time"));
        loop.await(tokens.current(), (token, failure) -> onToken(number, token, failure));
    }

    private void onToken(int number, @Nullable String token, @Nullable Throwable failure) {
        if (number != attempt) {
            return;
        }
        if (token == null) {
            lost(Transport.ABNORMAL, "no token: " + Failures.reason(failure));
            return;
        }
        loop.await(
                transport.open(uri, new AttemptReceiver(number)),
                (opened, cause) -> onOpened(number, token, opened, cause));
    }

    private void onOpened(int number, String token, @Nullable Link opened, @Nullable Throwable failure) {
        if (number != attempt) {
            if (opened != null) {
                opened.abort();
            }
        } else if (opened == null) {
            lost(Transport.ABNORMAL, "cannot connect: " + Failures.reason(failure));
        } else {
            link = opened;
            stage = Stage.GREETING;
            send(Frames.hello(token, device, attempts.getAsLong()));
        }
    }

    private void onText(String text) {
        if (heartbeat != null) {
            heartbeat.onHeard();
        }
        try {
            ObjectNode frame = Json.parseObject(text);
            String type = Json.text(frame, "type");
            if (stage == Stage.GREETING && type.equals("welcome")) {
                onWelcome(Welcome.read(frame));
            } else if (type.equals("goaway")) {
                returnAfterMs = Json.number(frame, "reconnectAfterMs", -1);
            } else if (type.equals("authed")) {
                renewal.onExpiry(Json.number(frame, "tokenExpiresAt"));
            } else if (!type.equals("pong")) {
                events.onFrame(type, frame);
            }
        } catch (MalformedFrameException e) {
            // Whatever it carried is missing now, and what is missing is pulled or asked again.
            LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("malformed frame");
        }
    }

    private void onWelcome(Welcome welcome) {
        timer.cancel();
        stage = Stage.OPEN;
        openedAtMs = loop.elapsedMs();
        clock.onServerTime(welcome.nowMs());
        returning.onOpen();
        heartbeat = new Heartbeat(
                loop, welcome.heartbeatMs(), () -> send(Frames.ping()), () -> lost(Transport.ABNORMAL, "silence"));
        events.onSession(welcome);
        renewal.onExpiry(welcome.tokenExpiresAtMs());
        events.onState(ConnectionState.of(Phase.OPEN));
    }

    private void lost(int code, String reason) {
        boolean wasOpen = stage == Stage.OPEN;
        long livedMs = wasOpen ? loop.elapsedMs() - openedAtMs : 0;
        long goAwayMs = returnAfterMs;
        Link present = link;
        leave(Stage.WAITING);
        if (present != null) {
            present.abort();
        }
        if (wasOpen) {
            events.onSessionEnd();
        }
        long delayMs = returning.delayMs(code, wasOpen, livedMs, goAwayMs);
        LOGGER.atDebug()
                .addKeyValue("code", code)
                .addKeyValue("reason", reason)
                .addKeyValue("retryInMs", delayMs)
                .log("session lost");
        if (delayMs < 0) {
            leave(Stage.STOPPED);
            events.onState(new ConnectionState(Phase.STOPPED, code, reason, 0));
        } else {
            timer = loop.after(Duration.ofMillis(delayMs), this::open);
            events.onState(new ConnectionState(Phase.WAITING, code, reason, delayMs));
        }
    }

    /** Everything of the present attempt ends here; its number goes with it. */
    private void leave(Stage next) {
        attempt++;
        stage = next;
        link = null;
        returnAfterMs = -1;
        timer.cancel();
        renewal.stop();
        if (heartbeat != null) {
            heartbeat.stop();
            heartbeat = null;
        }
    }

    /** Takes what the link of one attempt says to the loop. */
    private final class AttemptReceiver implements Transport.Receiver {
        private final int number;

        AttemptReceiver(int number) {
            this.number = number;
        }

        @Override
        public void onText(String text) {
            loop.execute(() -> {
                if (number == attempt) {
                    Connection.this.onText(text);
                }
            });
        }

        @Override
        public void onClosed(int code, String reason) {
            loop.execute(() -> {
                if (number == attempt) {
                    lost(code, reason);
                }
            });
        }
    }

    private enum Stage {
        IDLE,
        CONNECTING,
        GREETING,
        OPEN,
        WAITING,
        STOPPED
    }

    /** Hears what happens, on the loop. */
    public interface Events {
        /** A session is open. */
        void onSession(Welcome welcome);

        /** A frame that is none of the connection's own business. */
        void onFrame(String type, ObjectNode frame);

        /** The open session has ended. */
        void onSessionEnd();

        void onState(ConnectionState state);
    }
}
