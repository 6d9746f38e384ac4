package io.millrace.router.user;

import io.millrace.router.runtime.SectionStore;
import io.millrace.schemas.state.TimelineHash;
import io.millrace.schemas.state.TimelineState;
import io.millrace.schemas.state.UserConversation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counters of timelines by user, and a user's conversations by user, a zero character and conversation id. */
final class TimelineStateStore {
    private static final TimelineState EMPTY = new TimelineState(0L, 0L, new TimelineHash(new byte[16]), 0L);

    private final SectionStore<String, TimelineState> timelines;
    private final SectionStore<String, UserConversation> conversations;

    TimelineStateStore(
            SectionStore<String, TimelineState> timelines, SectionStore<String, UserConversation> conversations) {
        this.timelines = timelines;
        this.conversations = conversations;
    }

    TimelineState timeline(String user) {
        return Objects.requireNonNullElse(timelines.get(user), EMPTY);
    }

    @Nullable
    UserConversation conversation(String user, String conversation) {
        return conversations.get(key(user, conversation));
    }

    void put(String user, TimelineState after) {
        timelines.put(user, after);
    }

    void put(String user, String conversation, UserConversation after) {
        conversations.put(key(user, conversation), after);
    }

    static String key(String user, String conversation) {
        return user + '\0' + conversation;
    }
}
