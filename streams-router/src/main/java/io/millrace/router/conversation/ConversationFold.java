package io.millrace.router.conversation;

import io.millrace.router.runtime.ChangelogRecord;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.state.ChainedHash;
import io.millrace.schemas.state.ConversationState;
import io.millrace.schemas.state.Members;
import io.millrace.schemas.state.MessageState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The first stage's state of one partition as a function of what it wrote: conversation-events and rejections, each in
 * order. Holds the partition in memory. Not thread-safe.
 */
public final class ConversationFold {
    private final long windowMs;
    private final Map<String, ConversationState> counters = new HashMap<>();
    private final Map<String, Members> members = new HashMap<>();
    private final Map<String, Map<Long, MessageState>> messages = new HashMap<>();
    private final Map<String, Map<Long, ConversationEvent>> scheduled = new HashMap<>();
    private final Map<DedupKey, DedupEntry> dedup = new HashMap<>();
    private long newest;

    public ConversationFold(Duration dedupWindow) {
        this.windowMs = dedupWindow.toMillis();
    }

    private record DedupKey(String user, String conversation, String clientMessageId) {}

    public void apply(ConversationEvent event) {
        var id = event.getConversation();
        counters.put(
                id,
                new ConversationState(
                        event.getLastSeq(),
                        event.getVersion(),
                        event.getStamp(),
                        new ChainedHash(event.getHash().bytes())));
        var group = MembersFold.apply(members.get(id), event);
        if (group != null) {
            members.put(id, group);
        }
        applyMessage(event);
        applyScheduled(event);
        remember(
                new DedupKey(event.getFrom(), id, event.getClientMessageId()),
                new DedupEntry(
                        event.getFingerprint(),
                        DecisionCode.POSTED,
                        false,
                        event.getSeq() == null ? 0 : event.getSeq(),
                        event.getVersion(),
                        event.getAt().toEpochMilli()));
    }

    public void apply(Rejection rejection) {
        remember(
                new DedupKey(rejection.getUser(), rejection.getConversation(), rejection.getClientMessageId()),
                new DedupEntry(
                        rejection.getFingerprint(),
                        rejection.getCode(),
                        rejection.getUnchanged(),
                        0,
                        0,
                        rejection.getAt().toEpochMilli()));
    }

    /** Everything; dedup entries as far back as a command can ask. */
    public void forEach(Consumer<ChangelogRecord<?, ?>> to) {
        counters.forEach((id, state) -> to.accept(new ChangelogRecord<>(ConversationStores.CONVERSATIONS, id, state)));
        members.forEach((id, group) -> to.accept(new ChangelogRecord<>(ConversationStores.MEMBERS, id, group)));
        messages.forEach((id, all) -> all.forEach((seq, message) -> to.accept(
                new ChangelogRecord<>(ConversationStores.MESSAGES, ConversationStateStore.key(id, seq), message))));
        scheduled.forEach((id, all) -> all.forEach((version, event) -> {
            to.accept(new ChangelogRecord<>(
                    ConversationStores.SCHEDULED, ConversationStateStore.key(id, version), event));
            to.accept(new ChangelogRecord<>(
                    ConversationStores.SCHEDULED_BY_TIME, WaitingStore.timeKey(event), new byte[0]));
        }));
        dedup.forEach((key, entry) -> {
            if (newest - entry.at() <= windowMs) {
                byte[] at = DedupState.key(key.user(), key.conversation(), key.clientMessageId(), entry);
                to.accept(new ChangelogRecord<>(ConversationStores.DEDUP, at, entry.toBytes()));
            }
        });
    }

    /** Record time of the last command that has an outcome, milliseconds; 0 if none has. */
    public long lastDecidedAt() {
        return newest;
    }

    private void applyMessage(ConversationEvent event) {
        var all = messages.computeIfAbsent(event.getConversation(), id -> new HashMap<>());
        var target = event.getTargetSeq();
        switch (event.getKind()) {
            case MESSAGE -> all.put(event.getSeq(), MessageRules.first(event));
            case RECALLED ->
                all.computeIfPresent(target, (seq, before) -> MessageState.newBuilder(before)
                        .setRecalled(true)
                        .setReactions(List.of())
                        .build());
            case REACTION ->
                all.computeIfPresent(target, (seq, before) -> {
                    var reactions = new ArrayList<>(before.getReactions());
                    var reaction = event.getFrom() + "\0" + event.getEmoji();
                    if (event.getReactionRemoved()) {
                        reactions.remove(reaction);
                    } else {
                        reactions.add(reaction);
                    }
                    return MessageState.newBuilder(before)
                            .setReactions(reactions)
                            .build();
                });
            default -> {
                // an edit, membership or title changes no message's state
            }
        }
    }

    private void applyScheduled(ConversationEvent event) {
        if (event.getKind() == EventKind.SCHEDULED) {
            scheduled
                    .computeIfAbsent(event.getConversation(), id -> new HashMap<>())
                    .put(event.getVersion(), event);
        } else if (event.getTargetVersion() != null) {
            scheduled.getOrDefault(event.getConversation(), Map.of()).remove(event.getTargetVersion());
        }
    }

    private void remember(DedupKey key, DedupEntry entry) {
        newest = Math.max(newest, entry.at());
        dedup.put(key, entry);
    }
}
