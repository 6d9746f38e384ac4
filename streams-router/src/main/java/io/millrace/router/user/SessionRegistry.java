package io.millrace.router.user;

import io.millrace.router.runtime.Addressee;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.SessionClose;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.Welcome;
import io.millrace.schemas.state.EdgeState;
import io.millrace.schemas.state.RegisteredSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions and the edges that hold them. An edge is known from its tick 0 until it says goodbye or is not heard for 15 s
 * of the task's clock; after that it is answered with FENCED. A record about another session than the registered one does
 * nothing.
 *
 * @see <a href="../../../../../../../../docs/adr/0004-sessions-by-log.md">ADR 4</a>
 */
final class SessionRegistry {
    private static final long SILENCE_MS = Duration.ofSeconds(15).toMillis();
    private static final int REMOVE_PER_RECORD = 200;
    private static final int REPLACED = 4409;

    private final SessionStateStore sessions;
    private final EdgeClock clock;
    private final TimelineStateStore timelines;
    private final String epoch;

    SessionRegistry(SessionStateStore sessions, EdgeClock clock, TimelineStateStore timelines, String epoch) {
        this.sessions = sessions;
        this.clock = clock;
        this.timelines = timelines;
        this.epoch = epoch;
    }

    /** Applies a record about a session or an edge and returns who is told what, in order. */
    Map<Addressee, List<Delivery>> apply(UserCommand command, long recordTimeMs) {
        var out = new LinkedHashMap<Addressee, List<Delivery>>();
        switch (command.getType()) {
            case SESSION_OPEN -> open(command, out);
            case SESSION_CLOSE -> close(command);
            case EDGE_ALIVE -> alive(command, recordTimeMs, out);
            case EDGE_GONE -> gone(command.getOrigin());
            default -> throw new IllegalStateException("no record about a session: " + command.getType());
        }
        return out;
    }

    private void open(UserCommand command, Map<Addressee, List<Delivery>> out) {
        var origin = command.getOrigin();
        var user = command.getUser();
        if (!isKnown(origin.getEdge())) {
            tell(out, to(origin), EdgeDeliveries.fenced(origin.getEdge()));
            return;
        }
        var opened = new RegisteredSession(
                origin.getSession(), command.getDevice(), origin.getEdge(), origin.getLane(), command.getAttempt());
        for (var other : List.copyOf(sessions.of(user))) {
            if (other.getSession().equals(opened.getSession())) {
                sessions.remove(user, other);
            } else if (other.getDevice().equals(opened.getDevice())) {
                if (isOlder(opened, other)) {
                    tell(out, to(origin), replaced(opened));
                    return;
                }
                replace(user, other, out);
            }
        }
        var present = sessions.of(user);
        for (int i = 0; i <= present.size() - Math.max(1, command.getSessionLimit()); i++) {
            replace(user, present.get(i), out);
        }
        sessions.add(user, opened);
        long head = timelines.timeline(user).getPosition();
        tell(
                out,
                to(origin),
                EdgeDeliveries.welcome(
                        origin.getEdge(), new Welcome(opened.getSession(), user, opened.getDevice(), epoch, head)));
    }

    private void close(UserCommand command) {
        for (var session : List.copyOf(sessions.of(command.getUser()))) {
            if (session.getSession().equals(command.getOrigin().getSession())) {
                sessions.remove(command.getUser(), session);
            }
        }
    }

    private void alive(UserCommand command, long recordTimeMs, Map<Addressee, List<Delivery>> out) {
        var origin = command.getOrigin();
        long now = clock.advance(recordTimeMs);
        long tick = command.getTick();
        if (tick == 0 || isKnown(origin.getEdge())) {
            sessions.putEdge(origin.getEdge(), new EdgeState(origin.getLane(), now, false));
            tell(out, to(origin), EdgeDeliveries.probe(origin.getEdge(), tick));
        } else {
            tell(out, to(origin), EdgeDeliveries.fenced(origin.getEdge()));
        }
        int left = REMOVE_PER_RECORD;
        for (var edge : sessions.deadEdges(now - SILENCE_MS)) {
            left -= removeSessions(edge, left);
        }
    }

    private void gone(Origin origin) {
        var edge = sessions.edge(origin.getEdge());
        if (edge != null) {
            sessions.putEdge(origin.getEdge(), new EdgeState(edge.getLane(), edge.getHeardAt(), true));
            removeSessions(origin.getEdge(), REMOVE_PER_RECORD);
        }
    }

    /** Removes up to {@code most} users' sessions of a dead edge and forgets it with the last one. */
    private int removeSessions(String edge, int most) {
        if (most <= 0) {
            return 0;
        }
        var state = sessions.edge(edge);
        if (state != null && !state.getGone()) {
            sessions.putEdge(edge, new EdgeState(state.getLane(), state.getHeardAt(), true));
        }
        int removed = sessions.removeEdgeSessions(edge, most);
        if (removed < most) {
            sessions.deleteEdge(edge);
        }
        return removed;
    }

    private boolean isKnown(String edge) {
        var state = sessions.edge(edge);
        return state != null && !state.getGone();
    }

    private static boolean isOlder(RegisteredSession opened, RegisteredSession other) {
        return opened.getAttempt() != null && other.getAttempt() != null && opened.getAttempt() < other.getAttempt();
    }

    private void replace(String user, RegisteredSession session, Map<Addressee, List<Delivery>> out) {
        sessions.remove(user, session);
        tell(out, new Addressee(session.getEdge(), session.getLane()), replaced(session));
    }

    private static Delivery replaced(RegisteredSession session) {
        return EdgeDeliveries.close(
                session.getEdge(), new SessionClose(session.getSession(), REPLACED, "replaced by a newer session"));
    }

    private static Addressee to(Origin origin) {
        return new Addressee(origin.getEdge(), origin.getLane());
    }

    private static void tell(Map<Addressee, List<Delivery>> out, Addressee to, Delivery delivery) {
        out.computeIfAbsent(to, a -> new ArrayList<>()).add(delivery);
    }
}
