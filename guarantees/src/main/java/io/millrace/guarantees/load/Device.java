package io.millrace.guarantees.load;

import io.millrace.client.loop.Backoff;
import io.millrace.guarantees.load.wire.Handshake;
import io.millrace.guarantees.load.wire.Link;
import io.millrace.guarantees.load.wire.Reactor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A device that keeps a session as the protocol tells it to: hello, heartbeat, acks once a second, and a jittered way
 * back. It keeps no timeline and sends nothing twice. Lives on its reactor's thread; questions may come from any.
 */
public final class Device {
    /** As the client libraries have it. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    /** Where the server is full or goes: 1 to 30 s. */
    private static final long SPREAD_FROM_MS = 1000;

    private static final int GOING_AWAY = 1001;
    private static final int TRY_LATER = 1013;

    private final String user;
    private final String name;
    private final String token;
    private final Reactor reactor;
    private final InetSocketAddress server;
    private final Handshake handshake;
    private final Ear ear;
    private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new SplittableRandom());
    private final Set<Long> waiting = new HashSet<>();
    private @Nullable Link link;
    private boolean wanted;
    private volatile boolean open;
    private boolean deaf;
    private int attempt;
    private long beganNanos;
    private long spokeNanos;
    private long heartbeatNanos = TimeUnit.SECONDS.toNanos(20);
    private long position = ServerFrame.NONE;
    private long acknowledged = ServerFrame.NONE;
    private long goAwayMs = -1;

    Device(
            String user,
            String name,
            String token,
            Reactor reactor,
            InetSocketAddress server,
            Handshake handshake,
            Ear ear) {
        this.user = user;
        this.name = name;
        this.token = token;
        this.reactor = reactor;
        this.server = server;
        this.handshake = handshake;
        this.ear = ear;
    }

    public String user() {
        return user;
    }

    public boolean isOpen() {
        return open;
    }

    /** Wants a session from now on. */
    public void start() {
        reactor.execute(() -> {
            wanted = true;
            connect();
        });
    }

    /** Cuts the connection; the device comes back by itself. */
    public void cut() {
        reactor.execute(() -> {
            var current = link;
            if (current != null && open) {
                current.cut();
                onEnd(Link.ABNORMAL);
            }
        });
    }

    /** Cuts the connection and stays away. */
    public void stop() {
        reactor.execute(() -> {
            wanted = false;
            var current = link;
            if (current != null) {
                current.cut();
                loseAll();
                open = false;
                link = null;
            }
        });
    }

    /** Reads nothing any more, and so acknowledges and answers nothing. */
    void deafen() {
        reactor.execute(() -> {
            deaf = true;
            var current = link;
            if (current != null) {
                current.deafen();
            }
        });
    }

    /** Sends the message of that operation; without a session it is lost at once. */
    public void send(Message message) {
        reactor.execute(() -> {
            var current = link;
            if (current == null || !open) {
                ear.onLost(message.operation());
                return;
            }
            waiting.add(message.operation());
            say(current, message.frame());
        });
    }

    /** What time asks for; called about once a second. */
    void tick() {
        var current = link;
        if (current == null || !open || deaf) {
            return;
        }
        if (position > acknowledged) {
            acknowledged = position;
            say(current, "{\"type\":\"ack\",\"position\":" + position + "}");
        } else if (System.nanoTime() - spokeNanos > heartbeatNanos) {
            say(current, "{\"type\":\"ping\"}");
        }
    }

    private void say(Link to, String frame) {
        spokeNanos = System.nanoTime();
        to.send(frame.getBytes(StandardCharsets.UTF_8));
    }

    private void connect() {
        if (wanted && link == null) {
            beganNanos = System.nanoTime();
            goAwayMs = -1;
            link = reactor.connect(server, handshake, new Way());
        }
    }

    private void comeBackIn(long delayMs) {
        reactor.after(delayMs, this::connect);
    }

    private void loseAll() {
        waiting.forEach(ear::onLost);
        waiting.clear();
    }

    private void onEnd(int code) {
        link = null;
        loseAll();
        if (open) {
            open = false;
            ear.onEnded(this, code);
        } else {
            ear.onTurnedAway(this, code == Link.ABNORMAL ? 0 : code, goAwayMs >= 0 || code == TRY_LATER);
        }
        if (wanted && !deaf) {
            boolean spread = code == GOING_AWAY || code == TRY_LATER;
            long delay = backoff.nextMs();
            comeBackIn(goAwayMs >= 0 ? goAwayMs : spread ? Math.max(SPREAD_FROM_MS, delay) : delay);
        }
    }

    private final class Way implements Link.Listener {
        @Override
        public void onOpen(Link opened) {
            attempt++;
            say(
                    opened,
                    "{\"type\":\"hello\",\"token\":\"" + token + "\",\"device\":\"" + name + "\",\"attempt\":" + attempt
                            + "}");
        }

        @Override
        public void onRefused(Link refused, int status, long retryAfterMs) {
            link = null;
            ear.onTurnedAway(Device.this, status, retryAfterMs > 0);
            comeBackIn(Math.max(retryAfterMs, backoff.nextMs()));
        }

        @Override
        public void onText(Link from, byte[] bytes, int offset, int length) {
            onFrame(ServerFrame.read(bytes, offset, length, this::onEntry));
        }

        private void onEntry(long at, String from, String text) {
            position = Math.max(position, at);
            if (!from.equals(user)) {
                Message.operationOf(text).ifPresent(operation -> ear.onDelivered(operation, at));
            }
        }

        @Override
        public void onClosed(Link closed, int code) {
            if (link == closed) {
                onEnd(code);
            }
        }
    }

    private void onFrame(ServerFrame frame) {
        switch (frame.type) {
            case "welcome" -> {
                open = true;
                position = frame.head;
                acknowledged = frame.head;
                heartbeatNanos = TimeUnit.SECONDS.toNanos(frame.heartbeatSeconds) * 4 / 5;
                backoff.reset();
                ear.onWelcome(this, System.nanoTime() - beganNanos);
            }
            case "accepted" -> ear.onAccepted(frame.ref);
            case "posted" -> {
                waiting.remove(frame.ref);
                ear.onPosted(frame.ref);
            }
            case "rejected" -> {
                waiting.remove(frame.ref);
                ear.onRejected(frame.ref, frame.code);
            }
            case "error" -> {
                if (frame.ref != ServerFrame.NONE) {
                    waiting.remove(frame.ref);
                    ear.onRefused(frame.ref, frame.code, frame.retryAfterMs);
                }
            }
            case "goaway" -> goAwayMs = Math.max(0, frame.reconnectAfterMs);
            default -> {} // entries are taken while they are read; the rest concerns no load
        }
    }
}
