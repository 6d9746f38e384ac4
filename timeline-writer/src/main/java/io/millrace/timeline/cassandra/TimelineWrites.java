package io.millrace.timeline.cassandra;

import com.datastax.driver.core.PreparedStatement;
import io.millrace.timeline.conversation.Buckets;
import io.millrace.timeline.timeline.Contact;
import io.millrace.timeline.timeline.SeqException;
import io.millrace.timeline.timeline.TimelineHead;
import io.millrace.timeline.timeline.TimelinePlan;
import io.millrace.timeline.timeline.TimelineRow;
import io.millrace.timeline.timeline.UserConversation;
import java.util.ArrayList;
import java.util.List;

/** Writes timelines: rows first, then conversations and head of each user. Statements are prepared once. Thread-safe. */
public final class TimelineWrites {
    private final WriteTarget writes;
    private final PreparedStatement row;
    private final PreparedStatement conversation;
    private final PreparedStatement head;
    private final PreparedStatement deleted;
    private final PreparedStatement hidden;
    private final PreparedStatement contact;

    TimelineWrites(Preparing connection, WriteTarget writes) {
        this.writes = writes;
        row = connection.prepare(
                "INSERT INTO $.timelines_by_user (user, epoch, bucket, position, kind, conversation, version,"
                        + " seq, from_user, device, client_message_id, at, read_seq, hash, unread, unread_mentions,"
                        + " total_unread, request, hidden, settings) VALUES (:user, :epoch, :bucket,"
                        + " :position, :kind, :conversation, :version, :seq, :from_user, :device, :client_message_id, :at,"
                        + " :read_seq, :hash, :unread, :unread_mentions, :total_unread, :request, :hidden, :settings) USING TIMESTAMP :stamp");
        conversation =
                connection.prepare("INSERT INTO $.conversations_by_user (user, conversation, last_seq, last_version,"
                        + " read_seq, joined_version, left_version, updated_at, position, unread, unread_mentions, request,"
                        + " settings, has_deleted) VALUES (:user, :conversation,"
                        + " :last_seq, :last_version, :read_seq, :joined_version, :left_version, :updated_at, :position,"
                        + " :unread, :unread_mentions, :request, :settings, :has_deleted)"
                        + " USING TIMESTAMP :stamp");
        head = connection.prepare(
                "INSERT INTO $.conversations_by_user (user, epoch, head, oldest, head_stamp, head_hash,"
                        + " head_offset) VALUES (:user, :epoch, :head, :oldest, :head_stamp, :hash, :offset)"
                        + " USING TIMESTAMP :stamp");
        deleted = connection.prepare(exception("deleted"));
        hidden = connection.prepare(exception("hidden"));
        contact =
                connection.prepare("INSERT INTO $.contacts_by_user (user, other, epoch, position, contact, alias, kept)"
                        + " VALUES (:user, :other, :epoch, :position, :contact, :alias, :kept) USING TIMESTAMP :stamp");
    }

    private static String exception(String what) {
        return "INSERT INTO $.exceptions_by_user (user, conversation, seq, " + what
                + ") VALUES (:user, :conversation, :seq, true) USING TIMESTAMP :stamp";
    }

    /** Returns when all rows are written and, after them, the states and heads of their users. */
    public void apply(List<TimelinePlan> plans) throws InterruptedException {
        var rows = new ArrayList<PartitionedStatement>();
        var manyStates = new ArrayList<PartitionedStatement>();
        var statesAndHeads = new ArrayList<PartitionedStatement>();
        for (var plan : plans) {
            plan.rows().forEach(r -> rows.add(bind(r)));
            plan.exceptions().forEach(e -> rows.add(bind(e)));
            plan.contacts().forEach(c -> rows.add(bind(c)));
            boolean oneBatch = plan.conversations().size() < Writes.BATCH_STATEMENTS;
            plan.conversations().forEach(c -> (oneBatch ? statesAndHeads : manyStates).add(bind(c)));
            statesAndHeads.add(bind(plan.user(), plan.head()));
        }
        writes.all(rows);
        // The list must contain every entry through the head. So the head comes last, or in one batch with all states:
        // a replica applies a batch of one partition as a whole.
        writes.all(manyStates);
        writes.all(statesAndHeads);
    }

    private PartitionedStatement bind(TimelineRow r) {
        long bucket = Buckets.of(r.position());
        return new PartitionedStatement(
                "timelines " + r.user() + " " + r.epoch() + " " + bucket,
                Binder.of(row)
                        .text("user", r.user())
                        .text("epoch", r.epoch())
                        .number("bucket", bucket)
                        .number("position", r.position())
                        .text("kind", r.kind().name())
                        .text("conversation", r.conversation())
                        .number("version", r.version())
                        .number("seq", r.seq())
                        .text("from_user", r.from())
                        .text("device", r.device())
                        .text("client_message_id", r.clientMessageId())
                        .number("at", r.atMs())
                        .number("read_seq", r.readSeq())
                        .hash("hash", r.hash())
                        .number("unread", r.counts() == null ? null : r.counts().unread())
                        .number(
                                "unread_mentions",
                                r.counts() == null ? null : r.counts().unreadMentions())
                        .number(
                                "total_unread",
                                r.counts() == null ? null : r.counts().totalUnread())
                        .bool("request", r.counts() != null && r.counts().request())
                        .bool("hidden", r.hidden())
                        .text(
                                "settings",
                                r.settings() == null ? null : r.settings().stored())
                        .number("stamp", r.stamp())
                        .bound());
    }

    private PartitionedStatement bind(SeqException e) {
        return new PartitionedStatement(
                "exceptions " + e.user() + " " + e.conversation(),
                Binder.of(e.deleted() ? deleted : hidden)
                        .text("user", e.user())
                        .text("conversation", e.conversation())
                        .number("seq", e.seq())
                        .number("stamp", e.stamp())
                        .bound());
    }

    /** That it is kept is only ever written, never taken back: who was a contact once is told of as long as there is a log. */
    private PartitionedStatement bind(Contact c) {
        return new PartitionedStatement(
                "contacts " + c.user(),
                Binder.of(contact)
                        .text("user", c.user())
                        .text("other", c.other())
                        .text("epoch", c.epoch())
                        .number("position", c.position())
                        .bool("contact", c.contact())
                        .text("alias", c.alias())
                        .optionalBool("kept", c.kept() ? Boolean.TRUE : null)
                        .number("stamp", c.stamp())
                        .bound());
    }

    private PartitionedStatement bind(UserConversation c) {
        return new PartitionedStatement(
                "users " + c.user(),
                Binder.of(conversation)
                        .text("user", c.user())
                        .text("conversation", c.conversation())
                        .number("last_seq", c.lastSeq())
                        .number("last_version", c.lastVersion())
                        .number("read_seq", c.readSeq())
                        .number("joined_version", c.joinedVersion())
                        .number("left_version", c.leftVersion())
                        .number("updated_at", c.updatedAtMs())
                        .number("position", c.position())
                        .number("unread", c.counts() == null ? null : c.counts().unread())
                        .number(
                                "unread_mentions",
                                c.counts() == null ? null : c.counts().unreadMentions())
                        .bool("request", c.request())
                        .text("settings", c.settings().stored())
                        .optionalBool("has_deleted", c.hasDeleted())
                        .number("stamp", c.stamp())
                        .bound());
    }

    private PartitionedStatement bind(String user, TimelineHead h) {
        return new PartitionedStatement(
                "users " + user,
                Binder.of(head)
                        .text("user", user)
                        .text("epoch", h.epoch())
                        .number("head", h.position())
                        .number("oldest", h.oldest())
                        .number("head_stamp", h.stamp())
                        .hashOrNone("hash", h.hash())
                        .number("offset", h.offset())
                        .number("stamp", h.stamp())
                        .bound());
    }
}
