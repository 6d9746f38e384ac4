package io.millrace.router.user;

import io.millrace.router.runtime.ChangelogRecord;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.state.TimelineHash;
import io.millrace.schemas.state.TimelineState;
import io.millrace.schemas.state.UserConversation;
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

    public void forEach(Consumer<ChangelogRecord<?, ?>> to) {
        conversations.forEach((key, row) -> to.accept(new ChangelogRecord<>(UserStores.USER_CONVERSATIONS, key, row)));
        timelines.forEach((user, state) -> to.accept(new ChangelogRecord<>(UserStores.TIMELINES, user, state)));
    }
}
