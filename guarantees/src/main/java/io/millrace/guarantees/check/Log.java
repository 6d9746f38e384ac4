package io.millrace.guarantees.check;

import io.millrace.guarantees.history.BodyHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.TimelineEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed topics, arranged for questions. The other views are held against it. */
final class Log {
    private final Map<String, List<ConversationEvent>> conversations = new TreeMap<>();
    private final Map<String, List<TimelineEntry>> timelines = new TreeMap<>();
    private final Map<Identity, List<ConversationEvent>> byIdentity = new HashMap<>();
    private final Map<Identity, List<Rejection>> rejections = new HashMap<>();
    private final Map<String, Members> members = new HashMap<>();
    private final Map<String, Map<Long, MessageLife>> messages = new TreeMap<>();

    Log(Committed committed) {
        for (ConversationEvent event : committed.events()) {
            conversations
                    .computeIfAbsent(event.getConversation(), c -> new ArrayList<>())
                    .add(event);
            byIdentity
                    .computeIfAbsent(Identity.of(event), i -> new ArrayList<>())
                    .add(event);
        }
        for (TimelineEntry entry : committed.entries()) {
            timelines.computeIfAbsent(entry.getUser(), u -> new ArrayList<>()).add(entry);
        }
        for (Rejection rejection : committed.rejections()) {
            rejections
                    .computeIfAbsent(Identity.of(rejection), i -> new ArrayList<>())
                    .add(rejection);
        }
        conversations.forEach((conversation, events) -> {
            members.put(conversation, new Members(conversation, events));
            events.forEach(event -> apply(messages.computeIfAbsent(conversation, c -> new TreeMap<>()), event));
        });
    }

    private static void apply(Map<Long, MessageLife> of, ConversationEvent event) {
        if (event.getKind() == EventKind.MESSAGE && event.getSeq() != null) {
            of.putIfAbsent(event.getSeq(), new MessageLife(event));
            return;
        }
        MessageLife target = event.getTargetSeq() == null ? null : of.get(event.getTargetSeq());
        if (target != null && event.getKind() == EventKind.EDITED) {
            target.edit(event.getVersion(), hash(event));
        } else if (target != null && event.getKind() == EventKind.RECALLED) {
            target.recall(event.getVersion());
        }
    }

    static String hash(ConversationEvent event) {
        var bytes = new byte[event.getBody().remaining()];
        event.getBody().duplicate().get(bytes);
        return BodyHash.ofText(bytes);
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    Map<String, List<ConversationEvent>> conversations() {
        return conversations;
    }

    /** Empty for a conversation that has no event. */
    List<ConversationEvent> events(String conversation) {
        return conversations.getOrDefault(conversation, List.of());
    }

    Map<String, List<TimelineEntry>> timelines() {
        return timelines;
    }

    /** Empty for a user who was told nothing. */
    List<TimelineEntry> timeline(String user) {
        return timelines.getOrDefault(user, List.of());
    }

    Map<Identity, List<ConversationEvent>> byIdentity() {
        return byIdentity;
    }

    Map<Identity, List<Rejection>> rejections() {
        return rejections;
    }

    Members members(String conversation) {
        return members.computeIfAbsent(conversation, c -> new Members(c, events(c)));
    }

    /** By conversation and seq. */
    Map<String, Map<Long, MessageLife>> messages() {
        return messages;
    }

    @Nullable
    MessageLife message(String conversation, @Nullable Long seq) {
        return seq == null
                ? null
                : messages.getOrDefault(conversation, Map.of()).get(seq);
    }
}
