package io.millrace.timeline.cassandra;

import com.datastax.driver.core.PreparedStatement;
import io.millrace.timeline.conversation.Buckets;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.ConversationPlan;
import io.millrace.timeline.conversation.ConversationRow;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Writes conversations: rows first, then heads. Statements are prepared once. Thread-safe. */
public final class ConversationWrites {
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final WriteTarget writes;
    private final Clock clock;
    private final PreparedStatement event;
    private final PreparedStatement posted;
    private final PreparedStatement body;
    private final PreparedStatement edited;
    private final PreparedStatement scheduled;
    private final PreparedStatement scheduledBody;
    private final PreparedStatement scheduleOver;
    private final PreparedStatement fact;
    private final PreparedStatement recalled;
    private final PreparedStatement reacted;
    private final PreparedStatement member;
    private final PreparedStatement titled;
    private final PreparedStatement muted;
    private final PreparedStatement head;

    ConversationWrites(Preparing connection, WriteTarget writes, Clock clock) {
        this.writes = writes;
        this.clock = clock;
        event = connection.prepare(
                "INSERT INTO $.events_by_conversation (conversation, bucket, version, kind, seq, last_seq,"
                        + " from_user, device, client_message_id, at, emoji, reaction_removed, added, removed, title, muted,"
                        + " muted_until, details, hash)"
                        + " VALUES (:conversation, :bucket, :version, :kind, :seq, :last_seq, :from_user, :device,"
                        + " :client_message_id, :at, :emoji, :reaction_removed, :added, :removed, :title, :muted,"
                        + " :muted_until, :details, :hash)"
                        + " USING TIMESTAMP :stamp");
        posted = connection.prepare(
                "INSERT INTO $.messages_by_conversation (conversation, bucket, seq, version, message_id,"
                        + " from_user, device, client_message_id, at, body, body_key, reply_to, mentions, mention_all,"
                        + " expires_at, uncounted, silent, scheduled_version)"
                        + " VALUES (:conversation, :bucket, :seq, :version, :message_id, :from_user, :device,"
                        + " :client_message_id, :at, :body, :body_key, :reply_to, :mentions, :mention_all,"
                        + " :expires_at, :uncounted, :silent, :scheduled_version) USING TIMESTAMP :stamp");
        body = connection.prepare("UPDATE $.messages_by_conversation USING TIMESTAMP :stamp AND TTL :seconds"
                + " SET body = :body WHERE conversation = :conversation AND bucket = :bucket AND seq = :seq");
        scheduledBody = connection.prepare("UPDATE $.scheduled_by_user USING TIMESTAMP :stamp AND TTL :seconds"
                + " SET body = :body WHERE user = :user AND conversation = :conversation AND version = :version");
        edited = connection.prepare("UPDATE $.messages_by_conversation USING TIMESTAMP :stamp SET body = :body,"
                + " body_key = :body_key, edited_version = :version, edited_at = :at, edited_by = :done_by"
                + " WHERE conversation = :conversation AND bucket = :bucket AND seq = :seq");
        recalled = connection.prepare("UPDATE $.messages_by_conversation USING TIMESTAMP :stamp SET body = :body,"
                + " recalled_version = :version, recalled_at = :at, recalled_by = :done_by"
                + " WHERE conversation = :conversation AND bucket = :bucket AND seq = :seq");
        reacted = connection.prepare("UPDATE $.messages_by_conversation USING TIMESTAMP :stamp"
                + " SET reactions[:reaction] = :version"
                + " WHERE conversation = :conversation AND bucket = :bucket AND seq = :seq");
        member = connection.prepare(
                "INSERT INTO $.members_by_conversation (conversation, user, version, joined, role, last_seq)"
                        + " VALUES (:conversation, :user, :version, :joined, :role, :last_seq) USING TIMESTAMP :stamp");
        titled = connection.prepare("INSERT INTO $.titles_by_conversation (conversation, version, title)"
                + " VALUES (:conversation, :version, :title) USING TIMESTAMP :stamp");
        scheduled = connection.prepare("INSERT INTO $.scheduled_by_user (user, conversation, version, at, send_at,"
                + " expires_at, client_message_id, body, body_key, reply_to, mentions, mention_all) VALUES (:user,"
                + " :conversation, :version, :at, :send_at, :expires_at, :client_message_id, :body, :body_key, :reply_to,"
                + " :mentions, :mention_all) USING TIMESTAMP :stamp");
        scheduleOver =
                connection.prepare("UPDATE $.scheduled_by_user USING TIMESTAMP :stamp SET over = true, body = :body"
                        + " WHERE user = :user AND conversation = :conversation AND version = :version");
        fact = connection.prepare("INSERT INTO $.facts_by_conversation (conversation, fact, version, value)"
                + " VALUES (:conversation, :fact, :version, :value) USING TIMESTAMP :stamp");
        muted = connection.prepare("INSERT INTO $.mutes_by_conversation (conversation, user, version, until)"
                + " VALUES (:conversation, :user, :version, :until) USING TIMESTAMP :stamp");
        head = connection.prepare(
                "INSERT INTO $.conversations (conversation, applied_version, applied_seq, applied_stamp,"
                        + " applied_hash, applied_offset) VALUES (:conversation, :version, :seq, :applied_stamp, :hash, :offset)"
                        + " USING TIMESTAMP :stamp");
    }

    /** Returns when all rows of all plans are written and, after them, all heads raised. */
    public void apply(List<ConversationPlan> plans) throws InterruptedException {
        // bound for each attempt anew: a body that is written late has less time to live
        writes.allOf(() -> plans.stream()
                .flatMap(plan -> plan.rows().stream())
                .map(this::bind)
                .toList());
        writes.all(plans.stream()
                .map(plan -> bind(plan.conversation(), plan.head()))
                .toList());
    }

    private PartitionedStatement bind(String conversation, ConversationHead h) {
        return new PartitionedStatement(
                "conversations " + conversation,
                Binder.of(head)
                        .text("conversation", conversation)
                        .number("version", h.version())
                        .number("seq", h.seq())
                        .number("applied_stamp", h.stamp())
                        .hashOrNone("hash", h.hash())
                        .number("offset", h.offset())
                        .number("stamp", h.stamp())
                        .bound());
    }

    /** Of events and of messages: their keys are alike, and to Cassandra a key of a keyspace is one mutation. */
    private static String bucket(String conversation, long bucket) {
        return "bucket " + conversation + " " + bucket;
    }

    /** With an end the body has a statement of its own, and both go together: no reader may see the one without the other. */
    private PartitionedStatement edited(ConversationRow.Edited r) {
        boolean ends = r.expiresAtMs() != 0;
        var edit = message(edited, r, r.seq(), r.version(), b -> {
            b.text("body_key", r.bodyKey()).number("at", r.atMs()).text("done_by", r.by());
            return ends ? b : b.bytes("body", r.body());
        });
        return ends ? edit.with(body(r, r.seq(), r.body(), r.expiresAtMs()).statement()) : edit;
    }

    private PartitionedStatement body(ConversationRow row, long seq, ByteBuffer bytes, long expiresAtMs) {
        long bucket = Buckets.of(seq);
        var binder = Binder.of(body)
                .text("conversation", row.conversation())
                .number("bucket", bucket)
                .number("seq", seq);
        return new PartitionedStatement(
                bucket(row.conversation(), bucket),
                ending(binder, bytes, expiresAtMs).number("stamp", row.stamp()).bound());
    }

    /** A body that has expired already is written empty, as one that is recalled: its stamp never has another one. */
    private Binder ending(Binder binder, ByteBuffer bytes, long expiresAtMs) {
        int seconds = TimeToLive.seconds(expiresAtMs, clock.millis());
        return seconds == TimeToLive.OVER
                ? binder.bytes("body", NO_BODY).integer("seconds", TimeToLive.FOR_EVER)
                : binder.bytes("body", bytes).integer("seconds", seconds);
    }

    private PartitionedStatement bind(ConversationRow row) {
        if (row instanceof ConversationRow.Event r) {
            return event(r);
        } else if (row instanceof ConversationRow.Edited r) {
            return edited(r);
        } else if (row instanceof ConversationRow.Posted r) {
            return posted(r);
        } else if (row instanceof ConversationRow.Body r) {
            return body(r, r.seq(), r.body(), r.expiresAtMs());
        } else if (row instanceof ConversationRow.Scheduled r) {
            return scheduled(r);
        } else if (row instanceof ConversationRow.ScheduleOver r) {
            return new PartitionedStatement(
                    "scheduled " + r.user() + " " + r.conversation(),
                    Binder.of(scheduleOver)
                            .text("user", r.user())
                            .text("conversation", r.conversation())
                            .number("version", r.version())
                            .bytes("body", NO_BODY)
                            .number("stamp", r.stamp())
                            .bound());
        } else if (row instanceof ConversationRow.Holds r) {
            return new PartitionedStatement(
                    "facts " + r.conversation(),
                    Binder.of(fact)
                            .text("conversation", r.conversation())
                            .text("fact", r.fact().name())
                            .number("version", r.fact().version())
                            .text("value", r.fact().value())
                            .number("stamp", r.stamp())
                            .bound());
        } else if (row instanceof ConversationRow.Recalled r) {
            // an empty body, not a null one: a tombstone would be purged one day and an old replay would raise the body
            return message(recalled, r, r.seq(), r.version(), b -> b.bytes("body", NO_BODY)
                    .number("at", r.atMs())
                    .text("done_by", r.by()));
        } else if (row instanceof ConversationRow.Reacted r) {
            return message(
                    reacted,
                    r,
                    r.seq(),
                    r.removed() ? -r.version() : r.version(),
                    b -> b.text("reaction", r.user() + " " + r.emoji()));
        } else if (row instanceof ConversationRow.Member r) {
            return new PartitionedStatement(
                    "members " + r.conversation(),
                    Binder.of(member)
                            .text("conversation", r.conversation())
                            .text("user", r.user())
                            .number("version", r.version())
                            .bool("joined", r.joined())
                            .text("role", r.role())
                            .number("last_seq", r.lastSeq())
                            .number("stamp", r.stamp())
                            .bound());
        } else if (row instanceof ConversationRow.Muted r) {
            return new PartitionedStatement(
                    "mutes " + r.conversation(),
                    Binder.of(muted)
                            .text("conversation", r.conversation())
                            .text("user", r.user())
                            .number("version", r.version())
                            .number("until", r.untilMs())
                            .number("stamp", r.stamp())
                            .bound());
        } else if (row instanceof ConversationRow.Titled r) {
            return new PartitionedStatement(
                    "titles " + r.conversation(),
                    Binder.of(titled)
                            .text("conversation", r.conversation())
                            .number("version", r.version())
                            .text("title", r.title())
                            .number("stamp", r.stamp())
                            .bound());
        }
        throw new IllegalStateException("a row of no known kind: " + row.getClass());
    }

    private PartitionedStatement event(ConversationRow.Event r) {
        long bucket = Buckets.of(r.version());
        return new PartitionedStatement(
                bucket(r.conversation(), bucket),
                Binder.of(event)
                        .text("conversation", r.conversation())
                        .number("bucket", bucket)
                        .number("version", r.version())
                        .text("kind", r.kind().name())
                        .number("seq", r.seq())
                        .number("last_seq", r.lastSeq())
                        .text("from_user", r.from())
                        .text("device", r.device())
                        .text("client_message_id", r.clientMessageId())
                        .number("at", r.atMs())
                        .text("emoji", r.emoji())
                        .bool("reaction_removed", r.reactionRemoved())
                        .textMap("added", r.added())
                        .texts("removed", r.removed())
                        .text("title", r.title())
                        .texts("muted", r.muted())
                        .number("muted_until", r.mutedUntilMs())
                        .text("details", r.details())
                        .hash("hash", r.hash())
                        .number("stamp", r.stamp())
                        .bound());
    }

    private PartitionedStatement scheduled(ConversationRow.Scheduled r) {
        var m = r.message();
        boolean ends = m.expiresAtMs() != 0;
        var body = Objects.requireNonNullElse(m.body(), NO_BODY);
        var binder = Binder.of(scheduled)
                .text("user", r.user())
                .text("conversation", r.conversation())
                .number("version", m.version())
                .number("at", m.atMs())
                .number("send_at", m.sendAtMs())
                .number("expires_at", m.expiresAtMs())
                .text("client_message_id", m.clientMessageId())
                .text("body_key", m.bodyKey())
                .number("reply_to", m.replyTo())
                .texts("mentions", m.mentions())
                .bool("mention_all", m.mentionAll())
                .number("stamp", r.stamp());
        var partition = "scheduled " + r.user() + " " + r.conversation();
        if (!ends) {
            return new PartitionedStatement(
                    partition, binder.bytes("body", body).bound());
        }
        var ending = Binder.of(scheduledBody)
                .text("user", r.user())
                .text("conversation", r.conversation())
                .number("version", m.version())
                .number("stamp", r.stamp());
        return new PartitionedStatement(partition, binder.bound())
                .with(ending(ending, body, m.expiresAtMs()).bound());
    }

    /** With an end the body comes in a row of its own: a time to live would end all that is inserted with it. */
    private PartitionedStatement posted(ConversationRow.Posted r) {
        var traits = r.traits();
        return message(posted, r, r.seq(), r.version(), b -> {
            b.text("message_id", r.messageId())
                    .text("from_user", r.from())
                    .text("device", r.device())
                    .text("client_message_id", r.clientMessageId())
                    .number("at", r.atMs())
                    .text("body_key", r.bodyKey())
                    .number("reply_to", r.replyTo())
                    .texts("mentions", r.mentions())
                    .bool("mention_all", r.mentionAll());
            if (traits.expiresAtMs() == 0) {
                b.bytes("body", r.body());
            } else {
                b.number("expires_at", traits.expiresAtMs());
            }
            if (traits.uncounted()) {
                b.bool("uncounted", true);
            }
            if (traits.silent()) {
                b.bool("silent", true);
            }
            return traits.scheduledVersion() == 0 ? b : b.number("scheduled_version", traits.scheduledVersion());
        });
    }

    private static PartitionedStatement message(
            PreparedStatement statement, ConversationRow row, long seq, long version, UnaryOperator<Binder> rest) {
        long bucket = Buckets.of(seq);
        var binder = Binder.of(statement)
                .text("conversation", row.conversation())
                .number("bucket", bucket)
                .number("seq", seq)
                .number("version", version)
                .number("stamp", row.stamp());
        return new PartitionedStatement(
                bucket(row.conversation(), bucket), rest.apply(binder).bound());
    }
}
