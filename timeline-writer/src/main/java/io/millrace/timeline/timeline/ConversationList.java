package io.millrace.timeline.timeline;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The conversations of a user in the order they are shown: newest first, equal times by id. */
public final class ConversationList {
    private static final Comparator<UserConversation> NEWEST_FIRST = Comparator.comparingLong(
                    ConversationList::updatedAtMs)
            .reversed()
            .thenComparing(UserConversation::conversation);

    private final List<UserConversation> sorted;

    public ConversationList(List<UserConversation> conversations) {
        this.sorted = conversations.stream()
                .filter(UserConversation::begun)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    public long totalUnread() {
        return sorted.stream()
                .filter(c -> !c.settings().muted())
                .mapToLong(UserConversation::unread)
                .sum();
    }

    public List<UserConversation> first(int limit) {
        return sorted.subList(0, Math.min(limit, sorted.size()));
    }

    /** The conversations behind one that was shown with this time, whether or not it still stands there. */
    public List<UserConversation> after(long updatedAtMs, String conversation, int limit) {
        return sorted.stream()
                .filter(c -> updatedAtMs(c) < updatedAtMs
                        || (updatedAtMs(c) == updatedAtMs && c.conversation().compareTo(conversation) > 0))
                .limit(limit)
                .toList();
    }

    public static long updatedAtMs(UserConversation conversation) {
        return Objects.requireNonNullElse(conversation.updatedAtMs(), 0L);
    }
}
