package io.millrace.guarantees.check;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.MemberRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who belongs to a conversation at which version, both ends included; as the log itself says. */
final class Members {
    private record Stay(long from, long to) {}

    private final Map<String, List<Stay>> stays = new HashMap<>();

    /** @param events of one conversation, in order */
    Members(String conversation, List<ConversationEvent> events) {
        if (conversation.startsWith("d:")) {
            for (String user : conversation.substring(2).split(":")) {
                stays.put(user, List.of(new Stay(1, Long.MAX_VALUE)));
            }
            return;
        }
        for (ConversationEvent event : events) {
            event.getAdded().stream().map(MemberRef::getUser).forEach(user -> join(user, event.getVersion()));
            event.getRemoved().forEach(user -> leave(user, event.getVersion()));
        }
    }

    private void join(String user, long version) {
        var own = stays.computeIfAbsent(user, u -> new ArrayList<>());
        if (own.isEmpty() || own.get(own.size() - 1).to() < version) {
            own.add(new Stay(version, Long.MAX_VALUE));
        }
    }

    private void leave(String user, long version) {
        var own = stays.get(user);
        if (own != null && own.get(own.size() - 1).to() == Long.MAX_VALUE) {
            own.set(own.size() - 1, new Stay(own.get(own.size() - 1).from(), version));
        }
    }

    boolean entitles(String user, long version) {
        return stays.getOrDefault(user, List.of()).stream()
                .anyMatch(stay -> stay.from() <= version && version <= stay.to());
    }

    Set<String> at(long version) {
        var members = new TreeSet<String>();
        stays.keySet().stream().filter(user -> entitles(user, version)).forEach(members::add);
        return members;
    }
}
