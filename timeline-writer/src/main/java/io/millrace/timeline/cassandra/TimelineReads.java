package io.millrace.timeline.cassandra;

import com.datastax.driver.core.PreparedStatement;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.Row;
import io.millrace.timeline.conversation.Buckets;
import io.millrace.timeline.conversation.RowKind;
import io.millrace.timeline.timeline.Contact;
import io.millrace.timeline.timeline.Counts;
import io.millrace.timeline.timeline.KeptSettings;
import io.millrace.timeline.timeline.SeqException;
import io.millrace.timeline.timeline.TimelineHead;
import io.millrace.timeline.timeline.TimelineRow;
import io.millrace.timeline.timeline.UserConversation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads timelines. Every call waits for its answer and throws {@link StoreUnavailableException}. Thread-safe. */
public final class TimelineReads {
    private final Requests requests;
    private final PreparedStatement head;
    private final PreparedStatement rows;
    private final PreparedStatement conversations;
    private final PreparedStatement conversation;
    private final PreparedStatement exceptions;
    private final PreparedStatement contacts;

    TimelineReads(CassandraConnection connection, Requests requests) {
        this.requests = requests;
        head = connection.prepare("SELECT DISTINCT user, epoch, head, oldest, head_stamp, head_hash, head_offset"
                + " FROM $.conversations_by_user WHERE user = :user");
        rows = connection.prepare(
                "SELECT position, kind, conversation, version, seq, from_user, device, client_message_id,"
                        + " at, read_seq, hash, unread, unread_mentions, total_unread, request, hidden, settings FROM $.timelines_by_user WHERE user = :user AND epoch = :epoch AND bucket = :bucket"
                        + " AND position >= :first AND position <= :last");
        conversations = connection.prepare("SELECT conversation, last_seq, last_version, read_seq, joined_version,"
                + " left_version, updated_at, position, unread, unread_mentions, request, settings, has_deleted"
                + " FROM $.conversations_by_user WHERE user = :user");
        conversation = connection.prepare("SELECT settings FROM $.conversations_by_user WHERE user = :user"
                + " AND conversation = :conversation");
        contacts = connection.prepare(
                "SELECT other, epoch, position, contact, alias, kept FROM $.contacts_by_user WHERE user = :user");
        exceptions = connection.prepare("SELECT seq, deleted, hidden FROM $.exceptions_by_user WHERE user = :user"
                + " AND conversation = :conversation AND seq >= :first AND seq <= :last");
    }

    /** How the user keeps one conversation. */
    public KeptSettings settings(String user, String conversationId) {
        var row = requests.await(requests.send(Binder.of(conversation)
                        .text("user", user)
                        .text("conversation", conversationId)
                        .bound()))
                .one();
        return KeptSettings.read(row == null ? null : row.getString("settings"));
    }

    /** Whom the user keeps as a contact or by another name, or once did, in no order. */
    public List<Contact> contacts(String user) {
        var found = new ArrayList<Contact>();
        for (var row : requests.await(
                requests.send(Binder.of(contacts).text("user", user).bound()))) {
            if (row.getBool("kept")) {
                found.add(new Contact(
                        user,
                        row.getString("other"),
                        0,
                        row.getString("epoch"),
                        row.getLong("position"),
                        row.getBool("contact"),
                        row.getString("alias")));
            }
        }
        return found;
    }

    /** By seq, those among these seqs that the user does not see as the others do. */
    public Map<Long, SeqException> exceptions(String user, String conversationId, long first, long last) {
        var found = new HashMap<Long, SeqException>();
        for (var row : requests.await(requests.send(Binder.of(exceptions)
                .text("user", user)
                .text("conversation", conversationId)
                .number("first", first)
                .number("last", last)
                .bound()))) {
            long seq = row.getLong("seq");
            found.put(
                    seq, new SeqException(user, conversationId, seq, 0, row.getBool("deleted"), row.getBool("hidden")));
        }
        return found;
    }

    public TimelineHead head(String user) {
        return requests.await(askHead(user));
    }

    /** The heads of many users, asked at once. */
    public Map<String, TimelineHead> heads(Collection<String> users) {
        var asked = new HashMap<String, CompletableFuture<TimelineHead>>();
        users.forEach(user -> asked.put(user, askHead(user)));
        var heads = new HashMap<String, TimelineHead>();
        asked.forEach((user, answer) -> heads.put(user, requests.await(answer)));
        return heads;
    }

    /** The stored rows from {@code first} through {@code last} in order; there may be holes. */
    public List<TimelineRow> rows(String user, String epoch, long first, long last) {
        var answers = new ArrayList<CompletableFuture<ResultSet>>();
        for (long bucket = Buckets.of(first); bucket <= Buckets.of(last); bucket++) {
            answers.add(requests.send(Binder.of(rows)
                    .text("user", user)
                    .text("epoch", epoch)
                    .number("bucket", bucket)
                    .number("first", first)
                    .number("last", last)
                    .bound()));
        }
        var found = new ArrayList<TimelineRow>();
        for (var answer : answers) {
            for (var row : requests.await(answer)) {
                found.add(timelineRow(user, epoch, row));
            }
        }
        return found;
    }

    /** Every conversation that the user ever had, in no order. */
    public List<UserConversation> conversations(String user) {
        var found = new ArrayList<UserConversation>();
        for (var row : requests.await(
                requests.send(Binder.of(conversations).text("user", user).bound()))) {
            if (row.getString("conversation") != null) {
                found.add(userConversation(user, row));
            }
        }
        return found;
    }

    private CompletableFuture<TimelineHead> askHead(String user) {
        return requests.send(Binder.of(head).text("user", user).bound()).thenApply(result -> {
            var row = result.one();
            if (row == null || row.getString("epoch") == null) {
                return TimelineHead.NONE;
            }
            return new TimelineHead(
                    row.getString("epoch"),
                    row.getLong("head"),
                    row.getLong("oldest"),
                    row.getLong("head_stamp"),
                    Cells.hash(row, "head_hash"),
                    row.getLong("head_offset"));
        });
    }

    private static TimelineRow timelineRow(String user, String epoch, Row row) {
        return new TimelineRow(
                user,
                epoch,
                row.getLong("position"),
                0,
                RowKind.stored(row.getString("kind")),
                row.getString("conversation"),
                Cells.number(row, "version"),
                Cells.number(row, "seq"),
                row.getString("from_user"),
                row.getString("device"),
                row.getString("client_message_id"),
                row.getLong("at"),
                row.getLong("read_seq"),
                Cells.hash(row, "hash"),
                counts(row, row.isNull("unread") ? 0 : row.getLong("total_unread")),
                row.isNull("settings") ? null : KeptSettings.read(row.getString("settings")),
                row.getBool("hidden"));
    }

    private static @Nullable Counts counts(Row row, long total) {
        return row.isNull("unread")
                ? null
                : new Counts(row.getLong("unread"), row.getLong("unread_mentions"), total, row.getBool("request"));
    }

    private static UserConversation userConversation(String user, Row row) {
        return new UserConversation(
                user,
                row.getString("conversation"),
                0,
                row.getLong("last_seq"),
                Cells.number(row, "last_version"),
                row.getLong("read_seq"),
                row.getLong("joined_version"),
                row.getLong("left_version"),
                Cells.number(row, "updated_at"),
                row.getLong("position"),
                counts(row, 0),
                KeptSettings.read(row.getString("settings")),
                row.getBool("has_deleted"));
    }
}
