package io.millrace.timeline.log;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.MessageId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.AvroSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes events and entries as the router does: numbered, stamped and chained. */
public final class LogBook {
    public static final String EPOCH = "e-test";

    static {
        // the serializer's class makes Avro trust the generated records, which their builders need as well
        new AvroSerializer<ConversationEvent>().close();
    }

    private final Map<String, ConversationEvent> lastEvents = new HashMap<>();
    private final Map<String, TimelineEntry> lastEntries = new HashMap<>();
    private long stamp = 1_790_000_000_000_000L;

    public ConversationEvent message(String conversation, String from, String text) {
        long seq = lastSeq(conversation) + 1;
        return add(event(conversation, EventKind.MESSAGE, from)
                .setSeq(seq)
                .setLastSeq(seq)
                .setMessageId(MessageId.of(new ConversationId(conversation), seq, stamp / 1000)
                        .value())
                .setBody(body(text)));
    }

    public ConversationEvent edit(String conversation, String from, long seq, String text) {
        return add(event(conversation, EventKind.EDITED, from).setTargetSeq(seq).setBody(body(text)));
    }

    public ConversationEvent recall(String conversation, String from, long seq) {
        return add(event(conversation, EventKind.RECALLED, from).setTargetSeq(seq));
    }

    public ConversationEvent react(String conversation, String from, long seq, String emoji, boolean removed) {
        return add(event(conversation, EventKind.REACTION, from)
                .setTargetSeq(seq)
                .setEmoji(emoji)
                .setReactionRemoved(removed));
    }

    public ConversationEvent members(String conversation, String by, List<String> added, List<String> removed) {
        return add(event(conversation, EventKind.MEMBERS, by)
                .setAdded(added.stream()
                        .map(user -> MemberRef.newBuilder()
                                .setUser(user)
                                .setRole(Role.MEMBER)
                                .build())
                        .toList())
                .setRemoved(removed));
    }

    /** A present member gets this role, or somebody joins with it. */
    public ConversationEvent role(String conversation, String by, String user, Role role) {
        return add(event(conversation, EventKind.MEMBERS, by)
                .setAdded(List.of(
                        MemberRef.newBuilder().setUser(user).setRole(role).build())));
    }

    /** @param until null: may send again */
    public ConversationEvent mute(String conversation, String by, List<String> users, @Nullable Instant until) {
        return add(event(conversation, EventKind.MUTED, by).setMuted(users).setMutedUntil(until));
    }

    public ConversationEvent dissolve(String conversation, String by, List<String> everybody) {
        return add(event(conversation, EventKind.DISSOLVED, by).setRemoved(everybody));
    }

    /** @param kind BLOCKED or UNBLOCKED */
    public ConversationEvent block(EventKind kind, String conversation, String by) {
        return add(event(conversation, kind, by));
    }

    /** @param deletedSeq null where only settings changed */
    public TimelineEntry settings(
            String user, ConversationEvent last, @Nullable Settings settings, @Nullable Long deletedSeq) {
        return add(entry(user, EventKind.SETTINGS, last)
                .setFrom(user)
                .setSeq(deletedSeq)
                .setReadSeq(last.getLastSeq())
                .setSettings(settings)
                .setUnread(0));
    }

    /** The same entry with what the router counted. */
    public static TimelineEntry counted(TimelineEntry entry, long unread, long mentions, long total) {
        return TimelineEntry.newBuilder(entry)
                .setUnread(unread)
                .setUnreadMentions(mentions)
                .setTotalUnread(total)
                .build();
    }

    public TimelineEntry entry(String user, ConversationEvent e, long readSeq) {
        var seq = e.getSeq() == null ? e.getTargetSeq() : e.getSeq();
        return add(entry(user, e.getKind(), e)
                .setVersion(e.getVersion())
                .setSeq(seq)
                .setReadSeq(readSeq)
                .setLeftVersion(e.getRemoved().contains(user) ? e.getVersion() : null));
    }

    public TimelineEntry read(String user, ConversationEvent last, long seq) {
        return add(entry(user, EventKind.READ, last).setSeq(seq).setReadSeq(seq));
    }

    /** The next entries belong to another numbering. */
    public TimelineEntry inEpoch(String epoch, TimelineEntry entry) {
        return TimelineEntry.newBuilder(entry).setEpoch(epoch).build();
    }

    public static ByteBuffer body(String text) {
        return ByteBuffer.wrap(("{\"kind\":\"text\",\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private ConversationEvent.Builder event(String conversation, EventKind kind, String from) {
        var last = lastEvents.get(conversation);
        stamp += 3;
        return ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(last == null ? 1 : last.getVersion() + 1)
                .setLastSeq(lastSeq(conversation))
                .setStamp(stamp)
                .setAt(Instant.ofEpochMilli(stamp / 1000))
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setFrom(from)
                .setDevice("phone")
                .setClientMessageId("c-" + stamp)
                .setFingerprint(new Hash128(new byte[16]));
    }

    private TimelineEntry.Builder entry(String user, EventKind kind, ConversationEvent e) {
        var last = lastEntries.get(user);
        stamp += 3;
        return TimelineEntry.newBuilder()
                .setUser(user)
                .setEpoch(EPOCH)
                .setPosition(last == null ? 1 : last.getPosition() + 1)
                .setStamp(stamp)
                .setAt(e.getAt())
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setConversation(e.getConversation())
                .setLastSeq(e.getLastSeq())
                .setJoinedVersion(1)
                .setFrom(e.getFrom());
    }

    private ConversationEvent add(ConversationEvent.Builder builder) {
        var unchained = builder.build();
        var last = lastEvents.get(unchained.getConversation());
        var e = ConversationEvent.newBuilder(unchained)
                .setHash(ChainHash.next(last == null ? ChainHash.NONE : last.getHash(), unchained))
                .build();
        lastEvents.put(e.getConversation(), e);
        return e;
    }

    private TimelineEntry add(TimelineEntry.Builder builder) {
        var unchained = builder.build();
        var last = lastEntries.get(unchained.getUser());
        var e = TimelineEntry.newBuilder(unchained)
                .setHash(ChainHash.next(last == null ? ChainHash.NONE : last.getHash(), unchained))
                .build();
        lastEntries.put(e.getUser(), e);
        return e;
    }

    private long lastSeq(String conversation) {
        var last = lastEvents.get(conversation);
        return last == null ? 0 : last.getLastSeq();
    }
}
