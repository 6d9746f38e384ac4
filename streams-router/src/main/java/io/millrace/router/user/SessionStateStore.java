package io.millrace.router.user;

import io.millrace.router.runtime.SectionStore;
import io.millrace.schemas.state.EdgeState;
import io.millrace.schemas.state.RegisteredSession;
import io.millrace.schemas.state.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions by user, known edges by edge id, and the index from an edge to its users (edge id, a zero character, user
 * id). A user's row and its index entries change together.
 */
final class SessionStateStore {
    private final SectionStore<String, Sessions> sessions;
    private final SectionStore<String, EdgeState> edges;
    private final SectionStore<String, Long> edgeSessions;

    private final Set<String> changed = new LinkedHashSet<>();

    SessionStateStore(
            SectionStore<String, Sessions> sessions,
            SectionStore<String, EdgeState> edges,
            SectionStore<String, Long> edgeSessions) {
        this.sessions = sessions;
        this.edges = edges;
        this.edgeSessions = edgeSessions;
    }

    List<RegisteredSession> of(String user) {
        var row = sessions.get(user);
        return row == null ? List.of() : row.getSessions();
    }

    void add(String user, RegisteredSession session) {
        var all = new ArrayList<>(of(user));
        all.add(session);
        sessions.put(user, new Sessions(all));
        changed.add(user);
        edgeSessions.put(index(session.getEdge(), user), 1L);
    }

    void remove(String user, RegisteredSession session) {
        var rest = new ArrayList<>(of(user));
        rest.remove(session);
        put(user, rest);
        if (rest.stream().noneMatch(s -> s.getEdge().equals(session.getEdge()))) {
            edgeSessions.delete(index(session.getEdge(), user));
        }
    }

    /** Removes every session of an edge for up to {@code most} users; returns how many users that were. */
    int removeEdgeSessions(String edge, int most) {
        var users = new ArrayList<String>();
        try (var range = edgeSessions.range(edge + '\0', edge + '\1')) {
            while (range.hasNext() && users.size() < most) {
                var key = range.next().key;
                users.add(key.substring(edge.length() + 1));
            }
        }
        for (var user : users) {
            put(user, of(user).stream().filter(s -> !s.getEdge().equals(edge)).toList());
            edgeSessions.delete(index(edge, user));
        }
        return users.size();
    }

    @Nullable
    EdgeState edge(String edge) {
        return edges.get(edge);
    }

    void putEdge(String edge, EdgeState state) {
        edges.put(edge, state);
    }

    void deleteEdge(String edge) {
        edges.delete(edge);
    }

    /** Edges whose sessions are to be removed: gone, or last heard before {@code deadline}. */
    List<String> deadEdges(long deadline) {
        var dead = new ArrayList<String>();
        try (var all = edges.all()) {
            all.forEachRemaining(e -> {
                if (e.value.getGone() || e.value.getHeardAt() < deadline) {
                    dead.add(e.key);
                }
            });
        }
        return dead;
    }

    /** Users whose sessions have changed since this was asked last. */
    Set<String> takeChanged() {
        var users = new LinkedHashSet<>(changed);
        changed.clear();
        return users;
    }

    private void put(String user, List<RegisteredSession> rest) {
        changed.add(user);
        if (rest.isEmpty()) {
            sessions.delete(user);
        } else {
            sessions.put(user, new Sessions(rest));
        }
    }

    private static String index(String edge, String user) {
        return edge + '\0' + user;
    }
}
