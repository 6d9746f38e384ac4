package io.millrace.timeline.cassandra;

import com.datastax.driver.core.PreparedStatement;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Row;
import io.millrace.timeline.conversation.Buckets;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.ConversationRow;
import io.millrace.timeline.conversation.Fact;
import io.millrace.timeline.conversation.MemberChange;
import io.millrace.timeline.conversation.MuteChange;
import io.millrace.timeline.conversation.Receipts;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.conversation.StoredMessage;
import io.millrace.timeline.conversation.Traits;
import io.millrace.timeline.conversation.WaitingMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Reads conversations. Every call waits for its answer and throws {@link StoreUnavailableException}. Thread-safe. */
public final class ConversationReads {
    private static final String MESSAGE_COLUMNS = "seq, version, message_id, from_user, device, client_message_id, at,"
            + " body, body_key, reply_to, mentions, edited_version, edited_at, recalled_version, recalled_at,"
            + " recalled_by, reactions, mention_all, expires_at, uncounted, silent, scheduled_version";
    private static final String EVENT_COLUMNS =
            "version, kind, seq, last_seq, from_user, device, client_message_id, at,"
                    + " emoji, reaction_removed, added, removed, title, muted, muted_until, details, hash";

    private final Requests requests;
    private final Clock clock;
    private final PreparedStatement head;
    private final PreparedStatement messages;
    private final PreparedStatement events;
    private final PreparedStatement eventRange;
    private final PreparedStatement membership;
    private final PreparedStatement members;
    private final PreparedStatement title;
    private final PreparedStatement mutes;
    private final PreparedStatement receipts;
    private final PreparedStatement scheduled;
    private final PreparedStatement fact;
    private final PreparedStatement links;

    /** @param clock by which messages expire */
    ConversationReads(CassandraConnection connection, Requests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
        head = connection.prepare("SELECT applied_version, applied_seq, applied_stamp, applied_hash, applied_offset"
                + " FROM $.conversations WHERE conversation = :conversation");
        messages = connection.prepare("SELECT " + MESSAGE_COLUMNS + " FROM $.messages_by_conversation"
                + " WHERE conversation = :conversation AND bucket = :bucket AND seq IN :seqs");
        events = connection.prepare("SELECT " + EVENT_COLUMNS + " FROM $.events_by_conversation"
                + " WHERE conversation = :conversation AND bucket = :bucket AND version IN :versions");
        eventRange = connection.prepare(
                "SELECT " + EVENT_COLUMNS + " FROM $.events_by_conversation"
                        + " WHERE conversation = :conversation AND bucket = :bucket AND version >= :first AND version <= :last");
        membership = connection.prepare("SELECT user, version, joined, role, last_seq FROM $.members_by_conversation"
                + " WHERE conversation = :conversation AND user = :user");
        members = connection.prepare("SELECT user, version, joined, role, last_seq FROM $.members_by_conversation"
                + " WHERE conversation = :conversation");
        title = connection.prepare("SELECT title FROM $.titles_by_conversation"
                + " WHERE conversation = :conversation AND version <= :version LIMIT 1");
        mutes = connection.prepare(
                "SELECT user, version, until FROM $.mutes_by_conversation WHERE conversation = :conversation");
        receipts = connection.prepare(
                "SELECT user, delivered, read FROM $.receipts_by_conversation" + " WHERE conversation = :conversation");
        scheduled = connection.prepare("SELECT version, at, send_at, expires_at, client_message_id, body, body_key,"
                + " reply_to, mentions, mention_all, over FROM $.scheduled_by_user"
                + " WHERE user = :user AND conversation = :conversation");
        fact = connection.prepare("SELECT fact, version, value FROM $.facts_by_conversation"
                + " WHERE conversation = :conversation AND fact = :fact AND version <= :version"
                + " ORDER BY fact DESC, version DESC LIMIT 1");
        // ';' follows ':' : all facts whose name begins with "link:"
        links = connection.prepare("SELECT fact, version, value FROM $.facts_by_conversation"
                + " WHERE conversation = :conversation AND fact >= 'link:' AND fact < 'link;'");
    }

    /** Who was muted when, by user and in order of version. */
    public List<MuteChange> mutes(String conversation) {
        var changes = new ArrayList<MuteChange>();
        for (var row : requests.await(requests.send(
                Binder.of(mutes).text("conversation", conversation).bound()))) {
            changes.add(new MuteChange(row.getString("user"), row.getLong("version"), row.getLong("until")));
        }
        return changes;
    }

    /** The messages of a user that wait in a conversation, by version. */
    public Map<Long, WaitingMessage> waiting(String conversation, String user) {
        var found = new TreeMap<Long, WaitingMessage>();
        for (var row : requests.await(requests.send(Binder.of(scheduled)
                .text("user", user)
                .text("conversation", conversation)
                .bound()))) {
            // an end may be written before the beginning: then there is a row without a time
            if (!row.getBool("over") && !row.isNull("send_at")) {
                found.put(row.getLong("version"), waiting(row));
            }
        }
        return found;
    }

    private WaitingMessage waiting(Row row) {
        return new WaitingMessage(
                row.getLong("version"),
                row.getLong("at"),
                row.getLong("send_at"),
                row.getLong("expires_at"),
                row.getString("client_message_id"),
                expired(row) ? null : row.getBytes("body"),
                row.getString("body_key"),
                Cells.number(row, "reply_to"),
                row.getList("mentions", String.class),
                row.getBool("mention_all"));
    }

    /** What holds of a group at that version, by name; empty where nothing was ever said. */
    public Map<String, String> facts(String conversation, Collection<String> names, long version) {
        var asked = new HashMap<String, CompletableFuture<Optional<String>>>();
        for (var name : names) {
            asked.put(
                    name,
                    requests.send(Binder.of(fact)
                                    .text("conversation", conversation)
                                    .text("fact", name)
                                    .number("version", version)
                                    .bound())
                            .thenApply(
                                    result -> Optional.ofNullable(result.one()).map(row -> row.getString("value"))));
        }
        var values = new HashMap<String, String>();
        gather(asked).forEach((name, value) -> value.ifPresent(v -> values.put(name, v)));
        return values;
    }

    /** All links that a group ever had, also what ended them. */
    public List<Fact> links(String conversation) {
        var found = new ArrayList<Fact>();
        for (var row : requests.await(requests.send(
                Binder.of(links).text("conversation", conversation).bound()))) {
            found.add(new Fact(row.getString("fact"), row.getLong("version"), row.getString("value")));
        }
        return found;
    }

    /** How far each user is of whom anything was said. */
    public Map<String, Receipts> receipts(String conversation) {
        var found = new HashMap<String, Receipts>();
        for (var row : requests.await(requests.send(
                Binder.of(receipts).text("conversation", conversation).bound()))) {
            found.put(row.getString("user"), new Receipts(row.getLong("delivered"), row.getLong("read")));
        }
        return found;
    }

    public ConversationHead head(String conversation) {
        return requests.await(askHead(conversation));
    }

    /** The heads of many conversations, asked at once. */
    public Map<String, ConversationHead> heads(Collection<String> conversations) {
        var asked = new HashMap<String, CompletableFuture<ConversationHead>>();
        conversations.forEach(conversation -> asked.put(conversation, askHead(conversation)));
        return gather(asked);
    }

    /** The stored ones of these messages by seq. */
    public Map<Long, StoredMessage> messages(String conversation, Collection<Long> seqs) {
        var found = new TreeMap<Long, StoredMessage>();
        byBucket(seqs).entrySet().stream()
                .map(part -> requests.send(Binder.of(messages)
                        .text("conversation", conversation)
                        .number("bucket", part.getKey())
                        .numbers("seqs", part.getValue())
                        .bound()))
                .toList()
                .forEach(answer -> requests.await(answer).forEach(row -> {
                    // a cell that came without its message (an edit of an unreadable one) is no message
                    if (row.getString("message_id") != null) {
                        found.put(row.getLong("seq"), message(row));
                    }
                }));
        return found;
    }

    /** The stored ones of these events by version. */
    public Map<Long, ConversationRow.Event> events(String conversation, Collection<Long> versions) {
        var found = new TreeMap<Long, ConversationRow.Event>();
        byBucket(versions).entrySet().stream()
                .map(part -> requests.send(Binder.of(events)
                        .text("conversation", conversation)
                        .number("bucket", part.getKey())
                        .numbers("versions", part.getValue())
                        .bound()))
                .toList()
                .forEach(answer -> requests.await(answer)
                        .forEach(row -> found.put(row.getLong("version"), event(conversation, row))));
        return found;
    }

    /** The stored events from {@code first} through {@code last} in order; there may be holes. */
    public List<ConversationRow.Event> events(String conversation, long first, long last) {
        var answers = new ArrayList<CompletableFuture<ResultSet>>();
        for (long bucket = Buckets.of(first); bucket <= Buckets.of(last); bucket++) {
            answers.add(requests.send(Binder.of(eventRange)
                    .text("conversation", conversation)
                    .number("bucket", bucket)
                    .number("first", first)
                    .number("last", last)
                    .bound()));
        }
        var found = new ArrayList<ConversationRow.Event>();
        for (var answer : answers) {
            for (var row : requests.await(answer)) {
                found.add(event(conversation, row));
            }
        }
        return found;
    }

    /** All changes of one user's membership in order of version, by conversation. */
    public Map<String, List<MemberChange>> membership(Collection<String> conversations, String user) {
        var asked = new HashMap<String, CompletableFuture<List<MemberChange>>>();
        conversations.forEach(conversation -> asked.put(
                conversation,
                requests.send(Binder.of(membership)
                                .text("conversation", conversation)
                                .text("user", user)
                                .bound())
                        .thenApply(ConversationReads::changes)));
        return gather(asked);
    }

    /** All changes of membership, by user and in order of version. Groups are bounded, so this is too. */
    public List<MemberChange> members(String conversation) {
        return changes(requests.await(requests.send(
                Binder.of(members).text("conversation", conversation).bound())));
    }

    /** The title at that version, by conversation; empty where there is none. */
    public Map<String, Optional<String>> titles(Map<String, Long> versions) {
        var asked = new HashMap<String, CompletableFuture<Optional<String>>>();
        versions.forEach((conversation, version) -> asked.put(
                conversation,
                requests.send(Binder.of(title)
                                .text("conversation", conversation)
                                .number("version", version)
                                .bound())
                        .thenApply(result -> Optional.ofNullable(result.one()).map(row -> row.getString("title")))));
        return gather(asked);
    }

    private CompletableFuture<ConversationHead> askHead(String conversation) {
        return requests.send(Binder.of(head).text("conversation", conversation).bound())
                .thenApply(result -> {
                    var row = result.one();
                    return row == null
                            ? ConversationHead.NONE
                            : new ConversationHead(
                                    row.getLong("applied_version"),
                                    row.getLong("applied_seq"),
                                    row.getLong("applied_stamp"),
                                    Cells.hash(row, "applied_hash"),
                                    row.getLong("applied_offset"));
                });
    }

    private <T> Map<String, T> gather(Map<String, CompletableFuture<T>> asked) {
        var answers = new HashMap<String, T>();
        asked.forEach((key, answer) -> answers.put(key, requests.await(answer)));
        return answers;
    }

    private static Map<Long, List<Long>> byBucket(Collection<Long> numbers) {
        var parts = new TreeMap<Long, List<Long>>();
        for (var number : numbers) {
            parts.computeIfAbsent(Buckets.of(number), b -> new ArrayList<>()).add(number);
        }
        return parts;
    }

    private static List<MemberChange> changes(ResultSet rows) {
        var changes = new ArrayList<MemberChange>();
        for (var row : rows) {
            var role = row.getString("role");
            changes.add(new MemberChange(
                    row.getString("user"),
                    row.getLong("version"),
                    row.getBool("joined"),
                    role == null ? "" : role,
                    row.getLong("last_seq")));
        }
        return changes;
    }

    private StoredMessage message(Row row) {
        return new StoredMessage(
                row.getLong("seq"),
                row.getLong("version"),
                row.getString("message_id"),
                row.getString("from_user"),
                row.getString("device"),
                row.getString("client_message_id"),
                row.getLong("at"),
                row.getBytes("body"),
                row.getString("body_key"),
                Cells.number(row, "reply_to"),
                row.getList("mentions", String.class),
                row.getLong("edited_version"),
                row.getLong("edited_at"),
                row.getLong("recalled_version"),
                row.getLong("recalled_at"),
                row.getString("recalled_by"),
                row.getMap("reactions", String.class, Long.class),
                row.getBool("mention_all"),
                new Traits(
                        row.getLong("expires_at"),
                        expired(row),
                        row.getBool("uncounted"),
                        row.getBool("silent"),
                        row.getLong("scheduled_version")));
    }

    /** By this clock, or by Cassandra's: the body that had an end is gone. */
    private boolean expired(Row row) {
        long expiresAt = row.getLong("expires_at");
        var body = row.getBytes("body");
        return expiresAt != 0 && (expiresAt <= clock.millis() || body == null || !body.hasRemaining());
    }

    private static ConversationRow.Event event(String conversation, Row row) {
        return new ConversationRow.Event(
                conversation,
                0,
                row.getLong("version"),
                RowKind.stored(row.getString("kind")),
                Cells.number(row, "seq"),
                row.getLong("last_seq"),
                row.getString("from_user"),
                row.getString("device"),
                row.getString("client_message_id"),
                row.getLong("at"),
                row.getString("emoji"),
                row.getBool("reaction_removed"),
                row.getMap("added", String.class, String.class),
                row.getList("removed", String.class),
                row.getString("title"),
                row.getList("muted", String.class),
                Cells.number(row, "muted_until"),
                row.getString("details"),
                Cells.hash(row, "hash"));
    }
}
