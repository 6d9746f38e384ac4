package io.millrace.edge.inbound;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Entries that commands still have to become: in all, by user, by conversation. Thread-safe. */
final class Waiting {
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byUser = new ConcurrentHashMap<>();
    private final Map<String, Integer> byConversation = new ConcurrentHashMap<>();

    int all() {
        return all.get();
    }

    int ofUser(String user) {
        return byUser.getOrDefault(user, 0);
    }

    int ofConversation(String conversation) {
        return byConversation.getOrDefault(conversation, 0);
    }

    void add(PendingCommand command) {
        all.addAndGet(command.entries());
        byUser.merge(command.user(), command.entries(), Integer::sum);
        byConversation.merge(command.conversation(), command.entries(), Integer::sum);
    }

    void remove(PendingCommand command) {
        all.addAndGet(-command.entries());
        byUser.computeIfPresent(command.user(), (user, had) -> less(had, command));
        byConversation.computeIfPresent(command.conversation(), (conversation, had) -> less(had, command));
    }

    private static @Nullable Integer less(int had, PendingCommand command) {
        return had <= command.entries() ? null : had - command.entries();
    }
}
