package io.millrace.localstack.endtoend;

import io.millrace.localstack.LocalStack;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.MessageId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.Settings;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The two public logs as the router writes them (numbered, stamped, chained), written by a test that decides what comes
 * late, twice or broken.
 */
final class HandWrittenLog implements AutoCloseable {
    private final Map<String, ConversationEvent> lastEvents = new HashMap<>();
    private final Map<String, TimelineEntry> lastEntries = new HashMap<>();
    private final Map<String, Long> readSeqs = new HashMap<>();
    private final Map<String, Settings> settings = new HashMap<>();
    private final Deque<ProducerRecord<String, byte[]>> withheld = new ArrayDeque<>();
    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<ConversationEvent> events;
    private final Serializer<TimelineEntry> entries;
    private final String epoch;
    private long stamp = 1_790_000_000_000_000L;
    private boolean withholding;

    HandWrittenLog(LocalStack stack) {
        var client = Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers(), "acks", "all");
        var serdes = RecordSerdes.at(stack.registryUrl());
        events = serdes.serializer(ConversationEvent.class);
        entries = serdes.serializer(TimelineEntry.class);
        epoch = EpochRecord.read(
                        Map.of("bootstrap.servers", stack.bootstrapServers()), serdes.deserializer(Epoch.class))
                .orElseThrow()
                .getEpoch();
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    }

    String epoch() {
        return epoch;
    }

    /** From now on conversation-events are kept back, until {@link #release}. */
    void withholdEvents() {
        withholding = true;
    }

    /** Writes what was kept back, or only the first of it. */
    void release(int count) {
        for (int i = 0; i < count && !withheld.isEmpty(); i++) {
            producer.send(withheld.poll());
        }
        withholding = !withheld.isEmpty();
        producer.flush();
    }

    ConversationEvent message(String conversation, String from, String text, String... members) {
        return add(posted(conversation, from, text), members);
    }

    /** A message whose body is not to be served from then on. */
    ConversationEvent message(String conversation, String from, String text, Instant expiresAt, String... members) {
        return add(posted(conversation, from, text).setExpiresAt(expiresAt), members);
    }

    /** The message that waited as this version. */
    ConversationEvent postScheduled(String conversation, String from, String text, long version, String... members) {
        return add(posted(conversation, from, text).setTargetVersion(version), members);
    }

    /** A message that waits for its time, told to its author alone. */
    ConversationEvent schedule(String conversation, String from, String text, Instant sendAt) {
        return add(
                event(conversation, EventKind.SCHEDULED, from)
                        .setBody(body(text))
                        .setSendAt(sendAt),
                from);
    }

    /** Takes back the message that waits as this version. */
    ConversationEvent unschedule(String conversation, String from, long version) {
        return add(event(conversation, EventKind.UNSCHEDULED, from).setTargetVersion(version), from);
    }

    private ConversationEvent.Builder posted(String conversation, String from, String text) {
        long seq = lastSeq(conversation) + 1;
        var id = MessageId.of(new ConversationId(conversation), seq, stamp / 1000);
        return event(conversation, EventKind.MESSAGE, from)
                .setSeq(seq)
                .setLastSeq(seq)
                .setMessageId(id.value())
                .setBody(body(text));
    }

    ConversationEvent edit(String conversation, String from, long seq, String text, String... members) {
        return add(event(conversation, EventKind.EDITED, from).setTargetSeq(seq).setBody(body(text)), members);
    }

    /** An edit of a message that ends. */
    ConversationEvent edit(
            String conversation, String from, long seq, String text, Instant expiresAt, String... members) {
        return add(
                event(conversation, EventKind.EDITED, from)
                        .setTargetSeq(seq)
                        .setBody(body(text))
                        .setExpiresAt(expiresAt),
                members);
    }

    ConversationEvent recall(String conversation, String from, long seq, String... members) {
        return add(event(conversation, EventKind.RECALLED, from).setTargetSeq(seq), members);
    }

    ConversationEvent react(String conversation, String from, long seq, String emoji, String... members) {
        return add(
                event(conversation, EventKind.REACTION, from).setTargetSeq(seq).setEmoji(emoji), members);
    }

    ConversationEvent create(String group, String title, String... members) {
        return add(
                event(group, EventKind.MEMBERS, members[0])
                        .setAdded(members(members))
                        .setTitle(title),
                members);
    }

    ConversationEvent addMember(String group, String by, String user, String... members) {
        return add(event(group, EventKind.MEMBERS, by).setAdded(members(user)), members);
    }

    ConversationEvent remove(String group, String by, String user, String... members) {
        return add(event(group, EventKind.MEMBERS, by).setRemoved(List.of(user)), members);
    }

    ConversationEvent title(String group, String by, String title, String... members) {
        return add(event(group, EventKind.CONVERSATION, by).setTitle(title), members);
    }

    void read(String user, String conversation, long seq) {
        readSeqs.put(user + conversation, seq);
        var last = lastEvents.get(conversation);
        write(entry(user, EventKind.READ, last).setSeq(seq));
    }

    /** How the user keeps a conversation from now on, also one in which nothing has happened yet. */
    void settings(String user, String conversation, Settings kept) {
        settings.put(user + conversation, kept);
        var at = Instant.ofEpochMilli(stamp / 1000);
        write(entry(user, EventKind.SETTINGS, conversation, user, at).setLastSeq(lastSeq(conversation)));
    }

    /** An event that cannot be decoded takes the next version. */
    void brokenEvent(String conversation, String from) {
        var lost = numbered(event(conversation, EventKind.CONVERSATION, from));
        lastEvents.put(conversation, lost);
        send(TopicCatalogue.CONVERSATION_EVENTS.name(), conversation, "no Avro".getBytes(StandardCharsets.UTF_8));
    }

    /** An entry that cannot be decoded takes the next position. */
    void brokenEntry(String user, ConversationEvent e) {
        lastEntries.put(user, numbered(entry(user, e.getKind(), e)));
        send(TopicCatalogue.TIMELINE_ENTRIES.name(), user, "no Avro".getBytes(StandardCharsets.UTF_8));
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private ConversationEvent add(ConversationEvent.Builder builder, String... members) {
        var e = numbered(builder);
        lastEvents.put(e.getConversation(), e);
        var topic = TopicCatalogue.CONVERSATION_EVENTS.name();
        send(topic, e.getConversation(), events.serialize(topic, e));
        if (e.getKind() == EventKind.MESSAGE) {
            readSeqs.put(e.getFrom() + e.getConversation(), e.getSeq());
        }
        for (var member : members) {
            boolean own = member.equals(e.getFrom());
            write(entry(member, e.getKind(), e)
                    .setVersion(e.getVersion())
                    .setSeq(e.getSeq() == null ? e.getTargetSeq() : e.getSeq())
                    .setLeftVersion(e.getRemoved().contains(member) ? e.getVersion() : null)
                    .setDevice(own ? e.getDevice() : null)
                    .setClientMessageId(own ? e.getClientMessageId() : null));
        }
        return e;
    }

    private void write(TimelineEntry.Builder builder) {
        var entry = numbered(builder);
        lastEntries.put(entry.getUser(), entry);
        var topic = TopicCatalogue.TIMELINE_ENTRIES.name();
        producer.send(new ProducerRecord<>(topic, entry.getUser(), entries.serialize(topic, entry)));
    }

    private void send(String topic, String key, byte[] value) {
        var record = new ProducerRecord<>(topic, key, value);
        if (withholding && topic.equals(TopicCatalogue.CONVERSATION_EVENTS.name())) {
            withheld.add(record);
        } else {
            producer.send(record);
        }
    }

    private ConversationEvent.Builder event(String conversation, EventKind kind, String from) {
        var last = lastEvents.get(conversation);
        stamp += 1000;
        return ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(last == null ? 1 : last.getVersion() + 1)
                .setLastSeq(lastSeq(conversation))
                .setStamp(stamp)
                .setAt(Instant.ofEpochMilli(stamp / 1000))
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setFrom(from)
                .setDevice("phone-1")
                .setClientMessageId("c-" + stamp)
                .setFingerprint(ChainHash.NONE);
    }

    private TimelineEntry.Builder entry(String user, EventKind kind, ConversationEvent e) {
        return entry(user, kind, e.getConversation(), e.getFrom(), e.getAt()).setLastSeq(e.getLastSeq());
    }

    private TimelineEntry.Builder entry(String user, EventKind kind, String conversation, String from, Instant at) {
        var last = lastEntries.get(user);
        stamp += 1000;
        return TimelineEntry.newBuilder()
                .setUser(user)
                .setEpoch(epoch)
                .setPosition(last == null ? 1 : last.getPosition() + 1)
                .setStamp(stamp)
                .setAt(at)
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setConversation(conversation)
                .setReadSeq(readSeqs.getOrDefault(user + conversation, 0L))
                .setJoinedVersion(1)
                .setFrom(from)
                .setSettings(settings.get(user + conversation));
    }

    private ConversationEvent numbered(ConversationEvent.Builder builder) {
        var e = builder.build();
        var last = lastEvents.get(e.getConversation());
        return ConversationEvent.newBuilder(e)
                .setHash(ChainHash.next(last == null ? ChainHash.NONE : last.getHash(), e))
                .build();
    }

    private TimelineEntry numbered(TimelineEntry.Builder builder) {
        var e = builder.build();
        var last = lastEntries.get(e.getUser());
        return TimelineEntry.newBuilder(e)
                .setHash(ChainHash.next(last == null ? ChainHash.NONE : last.getHash(), e))
                .build();
    }

    private long lastSeq(String conversation) {
        var last = lastEvents.get(conversation);
        return last == null ? 0 : last.getLastSeq();
    }

    private static List<MemberRef> members(String... users) {
        return List.of(users).stream()
                .map(user -> MemberRef.newBuilder()
                        .setUser(user)
                        .setRole(user.equals(users[0]) && users.length > 1 ? Role.OWNER : Role.MEMBER)
                        .build())
                .toList();
    }

    private static ByteBuffer body(String text) {
        return StandardCharsets.UTF_8.encode("{\"kind\":\"text\",\"text\":\"" + text + "\"}");
    }
}
