package io.millrace.timeline.replay;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives users and conversations other ids. A direct conversation follows from its users; what people wrote is left as it
 * is. Two ids that would become one are refused.
 */
final class IdRewrite {
    private final Map<String, String> map;
    private final String prefix;
    private final Map<String, String> origins = new HashMap<>();

    /**
     * @param map new ids by old ones, of users and of conversations that are not direct
     * @param prefix before every other user id, and before the name of every other such conversation
     */
    IdRewrite(Map<String, String> map, String prefix) {
        this.map = Map.copyOf(map);
        this.prefix = prefix;
    }

    /** @throws ReplayException if the new id cannot be one, or is another user's already */
    String user(String id) {
        try {
            return once("user " + id, new UserId(map.getOrDefault(id, prefix + id)).value());
        } catch (InvalidIdException e) {
            throw refused(id, e);
        }
    }

    /** @throws ReplayException if the new id cannot be one, or is another conversation's already */
    String conversation(String id) {
        try {
            var old = new ConversationId(id);
            if (old.kind() == ConversationId.Kind.DIRECT) {
                var one = new UserId(user(old.first().value()));
                return ConversationId.direct(one, new UserId(user(old.second().value())))
                        .value();
            }
            var renamed = map.getOrDefault(id, id.substring(0, 2) + prefix + id.substring(2));
            if (new ConversationId(renamed).kind() != old.kind()) {
                throw new ReplayException(id + " and " + renamed + " are of different kinds");
            }
            return once(id, renamed);
        } catch (InvalidIdException e) {
            throw refused(id, e);
        }
    }

    private static ReplayException refused(String id, InvalidIdException e) {
        return new ReplayException("the new id of " + id + " cannot be one: " + e.getMessage(), e);
    }

    private String once(String old, String renamed) {
        var other = origins.putIfAbsent(renamed, old);
        if (other != null && !other.equals(old)) {
            throw new ReplayException(other + " and " + old + " would both become " + renamed);
        }
        return renamed;
    }

    /** With the hash that it had. */
    ConversationEvent of(ConversationEvent event) {
        return ConversationEvent.newBuilder(event)
                .setConversation(conversation(event.getConversation()))
                .setFrom(user(event.getFrom()))
                .setMentions(users(event.getMentions()))
                .setAdded(event.getAdded().stream()
                        .map(added -> new MemberRef(user(added.getUser()), added.getRole()))
                        .toList())
                .setRemoved(users(event.getRemoved()))
                .setMuted(users(event.getMuted()))
                .build();
    }

    /** With the hash that it had. */
    TimelineEntry of(TimelineEntry entry) {
        return TimelineEntry.newBuilder(entry)
                .setUser(user(entry.getUser()))
                .setConversation(conversation(entry.getConversation()))
                .setFrom(user(entry.getFrom()))
                .build();
    }

    Receipt of(Receipt receipt) {
        return Receipt.newBuilder(receipt)
                .setUser(user(receipt.getUser()))
                .setConversation(conversation(receipt.getConversation()))
                .build();
    }

    private List<String> users(List<String> ids) {
        return ids.stream().map(this::user).toList();
    }
}
