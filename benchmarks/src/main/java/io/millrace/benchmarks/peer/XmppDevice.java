package io.millrace.benchmarks.peer;

import io.millrace.guarantees.load.Message;
import io.millrace.guarantees.load.Operations;
import io.millrace.guarantees.load.wire.Handshake;
import io.millrace.guarantees.load.wire.Link;
import io.millrace.guarantees.load.wire.Reactor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A device that speaks XMPP over WebSocket (RFC 7395) with stream management (XEP-0198): it registers its user, signs in,
 * asks for an acknowledgement behind each message, and gives those that it is asked for.
 *
 * <pre>
 * opening ─▶ registering ─▶ signing in ─▶ opening again ─▶ binding ─▶ enabling ─▶ there
 * </pre>
 *
 * It does not come back when its session ends. Lives on its reactor's thread; questions may come from any.
 */
final class XmppDevice implements Link.Listener {
    private static final String DOMAIN = "localhost";
    private static final String PASSWORD = "peer";
    private static final String OPEN =
            "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + DOMAIN + "' version='1.0'/>";
    private static final String ASK = "<r xmlns='urn:xmpp:sm:3'/>";
    private static final String BODY = "<body>";
    private static final long NO_OPERATION = -1;
    private static final long COUNTS = 1L << 32;

    private final String user;
    private final Reactor reactor;
    private final Operations operations;
    private final Deque<Long> unacknowledged = new ArrayDeque<>();
    private @Nullable Link link;
    private State state = State.OPENING;
    private long acknowledged;
    private long received;
    private volatile boolean there;
    private volatile String trouble = "";

    private enum State {
        OPENING,
        REGISTERING,
        SIGNING_IN,
        OPENING_AGAIN,
        BINDING,
        ENABLING,
        THERE
    }

    XmppDevice(String user, Reactor reactor, Operations operations) {
        this.user = user;
        this.reactor = reactor;
        this.operations = operations;
    }

    String user() {
        return user;
    }

    boolean isThere() {
        return there;
    }

    /** Why it is not there, as far as it was told. */
    String trouble() {
        return trouble;
    }

    void connect(InetSocketAddress server) {
        var handshake = new Handshake(DOMAIN + ":" + server.getPort(), "/ws", "xmpp", 0);
        reactor.execute(() -> link = reactor.connect(server, handshake, this));
    }

    void stop() {
        reactor.execute(() -> {
            var current = link;
            if (current != null) {
                current.cut();
            }
        });
    }

    void send(long operation, String to, int characters) {
        reactor.execute(() -> {
            var current = link;
            if (current == null || !there) {
                operations.onLost(operation);
                return;
            }
            stanza(
                    current,
                    operation,
                    "<message xmlns='jabber:client' type='chat' id='load-" + operation + "' to='" + to + "@" + DOMAIN
                            + "'><body>" + new Message(operation, "", characters).text() + "</body></message>");
            say(current, ASK);
        });
    }

    private void stanza(Link to, long operation, String text) {
        unacknowledged.addLast(operation);
        say(to, text);
    }

    private static void say(Link to, String text) {
        to.send(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onOpen(Link opened) {
        link = opened;
        say(opened, OPEN);
    }

    @Override
    public void onRefused(Link refused, int status, long retryAfterMs) {
        trouble = "HTTP " + status;
    }

    @Override
    public void onClosed(Link closed, int code) {
        trouble = trouble.isEmpty() ? "closed with " + code : trouble;
        there = false;
        unacknowledged.stream().filter(each -> each != NO_OPERATION).forEach(operations::onLost);
        unacknowledged.clear();
    }

    @Override
    public void onText(Link from, byte[] bytes, int offset, int length) {
        var text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (state == State.THERE) {
            onFrame(from, text);
        } else {
            enter(from, text);
        }
    }

    private void onFrame(Link from, String text) {
        if (text.startsWith("<a ")) {
            onAcknowledged(text);
        } else if (text.startsWith("<r ")) {
            say(from, "<a xmlns='urn:xmpp:sm:3' h='" + received + "'/>");
        } else {
            received++;
            int body = text.startsWith("<message") ? text.indexOf(BODY) : -1;
            if (body >= 0) {
                Message.operationOf(text.substring(body + BODY.length()))
                        .ifPresent(operation -> operations.onDelivered(operation, 0));
            }
        }
    }

    private void onAcknowledged(String text) {
        int at = text.indexOf("h=") + 3;
        int end = at;
        while (Character.isDigit(text.charAt(end))) {
            end++;
        }
        long handled = Long.parseLong(text.substring(at, end));
        for (long more = Math.floorMod(handled - acknowledged, COUNTS); more > 0; more--) {
            var operation = unacknowledged.pollFirst();
            if (operation != null && operation != NO_OPERATION) {
                operations.onAccepted(operation);
                operations.onPosted(operation);
            }
        }
        acknowledged = handled;
    }

    private void enter(Link from, String text) {
        boolean features = text.contains("features");
        switch (state) {
            case OPENING -> {
                if (features) {
                    state = State.REGISTERING;
                    say(
                            from,
                            "<iq xmlns='jabber:client' type='set' id='register' to='" + DOMAIN
                                    + "'><query xmlns='jabber:iq:register'><username>" + user + "</username><password>"
                                    + PASSWORD + "</password></query></iq>");
                }
            }
            case REGISTERING -> {
                // Or it is registered already, which is as good.
                if (text.startsWith("<iq")) {
                    state = State.SIGNING_IN;
                    var secret = Base64.getEncoder()
                            .encodeToString(("\0" + user + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
                    say(from, "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + secret + "</auth>");
                }
            }
            case SIGNING_IN -> {
                if (text.startsWith("<success")) {
                    state = State.OPENING_AGAIN;
                    say(from, OPEN);
                } else {
                    trouble = text;
                }
            }
            case OPENING_AGAIN -> {
                if (features) {
                    state = State.BINDING;
                    say(
                            from,
                            "<iq xmlns='jabber:client' type='set' id='bind'><bind"
                                    + " xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>d1</resource></bind></iq>");
                }
            }
            case BINDING -> {
                if (text.startsWith("<iq")) {
                    state = State.ENABLING;
                    say(from, "<enable xmlns='urn:xmpp:sm:3'/>");
                }
            }
            case ENABLING -> {
                if (text.startsWith("<enabled")) {
                    state = State.THERE;
                    stanza(from, NO_OPERATION, "<presence xmlns='jabber:client'/>");
                    there = true;
                }
            }
            case THERE -> throw new IllegalStateException("it is there already");
        }
    }
}
