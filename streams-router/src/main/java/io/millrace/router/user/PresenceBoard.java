package io.millrace.router.user;

import io.millrace.router.runtime.SectionStore;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.state.Presence;
import io.millrace.schemas.state.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, and which sessions are told of it. Somebody whose last session ended passes for online a while longer, so
 * that a network that comes and goes is not told about. Whoever is invisible passes for offline. Store of those who are
 * leaving: time at which they pass for offline (13 digits, milliseconds), a space, user id. Not thread-safe.
 */
final class PresenceBoard {
    /** How long an answer goes on being kept up to date. */
    static final Duration WATCH = Duration.ofMinutes(5);
    /** Sessions that watch one user; one more replaces the one that asked first. */
    static final int MOST_WATCHERS = 200;

    private static final int LEAVE_PER_TICK = 200;
    private static final Presence UNKNOWN = new Presence(false, 0L, 0L, List.of());

    private final SectionStore<String, Presence> store;
    private final SectionStore<String, Long> leaving;
    private final SessionStateStore sessions;
    private final TimelineStateStore timelines;
    private final long delayMs;

    PresenceBoard(
            SectionStore<String, Presence> store,
            SectionStore<String, Long> leaving,
            SessionStateStore sessions,
            TimelineStateStore timelines,
            Duration delay) {
        this.store = store;
        this.leaving = leaving;
        this.sessions = sessions;
        this.timelines = timelines;
        this.delayMs = delay.toMillis();
    }

    /** @param since milliseconds since the epoch; 0 where that is not told or not known */
    record News(Watcher to, String user, boolean online, long since) {}

    /** The sessions of a user are others than before. */
    List<News> sessionsChanged(String user, long nowMs) {
        var before = of(user);
        if (sessions.of(user).isEmpty()) {
            if (before.getOnline() && before.getLeftAt() == 0) {
                leaving.put(key(nowMs + delayMs, user), nowMs);
                store.put(user, new Presence(true, before.getSince(), nowMs, before.getWatchers()));
            }
            return List.of();
        }
        if (before.getLeftAt() != 0) {
            leaving.delete(key(before.getLeftAt() + delayMs, user));
        }
        if (before.getOnline()) {
            if (before.getLeftAt() != 0) {
                store.put(user, new Presence(true, before.getSince(), 0L, before.getWatchers()));
            }
            return List.of();
        }
        return change(user, new Presence(true, nowMs, 0L, live(before, nowMs)));
    }

    /** Those who have been away for long enough. */
    List<News> tick(long nowMs) {
        var gone = new ArrayList<String>();
        try (var range = leaving.range(key(0, ""), key(nowMs + 1, ""))) {
            while (range.hasNext() && gone.size() < LEAVE_PER_TICK) {
                gone.add(range.next().key);
            }
        }
        var news = new ArrayList<News>();
        for (var key : gone) {
            leaving.delete(key);
            var user = key.substring(key.indexOf(' ') + 1);
            var before = of(user);
            news.addAll(change(user, new Presence(false, before.getLeftAt(), 0L, live(before, nowMs))));
        }
        return news;
    }

    /** The user has become invisible, or visible again. */
    List<News> visibilityChanged(String user) {
        var presence = of(user);
        return presence.getWatchers().stream().map(w -> news(w, user, presence)).toList();
    }

    /** Answers a session that asks, and remembers it. */
    List<News> ask(Signal signal, long nowMs) {
        var asker = signal.getAsker();
        if (asker == null || asker.getSession() == null) {
            return List.of();
        }
        var news = new ArrayList<News>();
        for (var user : signal.getMembers()) {
            var before = of(user);
            var watcher = watcher(signal, asker, nowMs);
            var watchers = new ArrayList<>(live(before, nowMs));
            watchers.removeIf(w -> w.getSession().equals(watcher.getSession()));
            watchers.add(watcher);
            var some = watchers.size() > MOST_WATCHERS ? watchers.subList(1, watchers.size()) : watchers;
            var after = new Presence(before.getOnline(), before.getSince(), before.getLeftAt(), some);
            store.put(user, after);
            news.add(news(watcher, user, after));
        }
        return news;
    }

    private List<News> change(String user, Presence after) {
        store.put(user, after);
        return after.getWatchers().stream().map(w -> news(w, user, after)).toList();
    }

    private News news(Watcher to, String user, Presence presence) {
        return isInvisible(user)
                ? new News(to, user, false, 0)
                : new News(to, user, presence.getOnline(), presence.getSince());
    }

    /** A setting of the conversation with oneself. */
    private boolean isInvisible(String user) {
        var id = new UserId(user);
        var own = timelines.conversation(user, ConversationId.direct(id, id).value());
        return own != null && own.getInvisible();
    }

    private static List<Watcher> live(Presence presence, long nowMs) {
        return presence.getWatchers().stream().filter(w -> w.getUntil() > nowMs).toList();
    }

    private static Watcher watcher(Signal signal, Origin asker, long nowMs) {
        return new Watcher(
                signal.getUser(),
                asker.getSession(),
                asker.getEdge(),
                asker.getLane(),
                signal.getConversation(),
                nowMs + WATCH.toMillis());
    }

    private Presence of(String user) {
        @Nullable Presence presence = store.get(user);
        return presence == null ? UNKNOWN : presence;
    }

    private static String key(long dueMs, String user) {
        return String.format("%013d %s", dueMs, user);
    }
}
