package io.millrace.edge.session;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.protocol.CloseCode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All sessions of this edge by id, from the upgrade until the connection is gone. Thread-safe. */
public final class SessionRegistry {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionServices services;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    public SessionRegistry(SessionServices services, MeterRegistry registry) {
        this.services = services;
        Gauge.builder("millrace.edge.sessions.open", sessions, Map::size)
                .description("Live connections")
                .register(registry);
    }

    /** A connection was upgraded. */
    public Session open(Socket socket) {
        var random = new byte[12];
        RANDOM.nextBytes(random);
        var session = new Session("s-" + HexFormat.of().formatHex(random), socket, services);
        sessions.put(session.id(), session);
        return session;
    }

    /** The connection is gone. */
    public void gone(Session session) {
        sessions.remove(session.id());
        session.onDisconnected();
    }

    public @Nullable Session byId(String id) {
        return sessions.get(id);
    }

    public int size() {
        return sessions.size();
    }

    /** Those there are now; the list does not follow later changes. */
    public List<Session> all() {
        return List.copyOf(sessions.values());
    }

    /** Looks at everything that depends on time. */
    public void sweep() {
        long now = services.nanos().getAsLong();
        for (var session : sessions.values()) {
            session.sweep(now);
        }
        services.rates().sweep(now);
    }

    /** Tokens were revoked. */
    public void onRevocations() {
        sessions.values().forEach(Session::onRevocations);
    }

    /** The life of the edge ended: nobody is registered any more. */
    public void endAll(LongSupplier reconnectAfterMs) {
        for (var session : sessions.values()) {
            session.onGoaway(reconnectAfterMs.getAsLong());
            session.finish(CloseCode.GOING_AWAY);
        }
    }
}
