package io.millrace.router.user;

import io.millrace.router.runtime.ChangelogRecord;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.state.TimelineHash;
import io.millrace.schemas.state.TimelineState;
import io.millrace.schemas.state.UserConversation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The second stage's state of one partition as a function of timeline-entries, in order. Sessions and edges are not in it:
 * edges are fenced after a rebuild and start a new life. Not thread-safe.
 */
public final class UserFold {
    private final Map<String, TimelineState> timelines = new HashMap<>();
    private final Map<String, UserConversation> conversations = new HashMap<>();

    public void apply(TimelineEntry entry) {
        timelines.put(
                entry.getUser(),
                new TimelineState(
                        entry.getPosition(),
                        entry.getStamp(),
                        new TimelineHash(entry.getHash().bytes()),
                        entry.getTotalUnread()));
        conversations.compute(
                TimelineStateStore.key(entry.getUser(), entry.getConversation()),
                (key, before) -> ConversationRow.after(before, RowChange.of(entry)));
    }

    public void forEachDetail(Consumer<ChangelogRecord> to) {
        conversations.forEach(
                (key, row) -> to.accept(ChangelogRecord.of(UserStores.USER_CONVERSATIONS, utf8(key), row)));
    }

    /** Frees everything but the counters. */
    public void dropDetails() {
        conversations.clear();
    }

    /** The counters: written last, because the router starts where they stand. */
    public void forEachCounter(Consumer<ChangelogRecord> to) {
        timelines.forEach((user, state) -> to.accept(ChangelogRecord.of(UserStores.TIMELINES, utf8(user), state)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
