package io.millrace.timeline.conversation;

import io.millrace.schemas.record.Hash128;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One upsert that an event causes. Rows are independent of each other: applied in any order, any number of times, they
 * give the same result, because each cell carries its event's stamp and a stamp never has two values.
 */
public sealed interface ConversationRow {
    String conversation();

    /** Write timestamp: microseconds since the epoch. */
    long stamp();

    /**
     * The body of a message that ends.
     *
     * @param expiresAtMs end; a body that is written later is empty
     */
    record Body(String conversation, long stamp, long seq, ByteBuffer body, long expiresAtMs)
            implements ConversationRow {
        @Override
        public String toString() {
            return "Body[" + conversation + " seq=" + seq + "]";
        }
    }

    /** The event itself without its body. {@code seq} is a message's own or the one that is meant. */
    record Event(
            String conversation,
            long stamp,
            long version,
            RowKind kind,
            @Nullable Long seq,
            long lastSeq,
            @Nullable String from,
            @Nullable String device,
            @Nullable String clientMessageId,
            long atMs,
            @Nullable String emoji,
            boolean reactionRemoved,
            Map<String, String> added,
            List<String> removed,
            @Nullable String title,
            List<String> muted,
            @Nullable Long mutedUntilMs,
            @Nullable String details,
            @Nullable Hash128 hash)
            implements ConversationRow {}

    /** A message as it was sent. With an end, its body has a row of its own. */
    record Posted(
            String conversation,
            long stamp,
            long seq,
            long version,
            String messageId,
            String from,
            @Nullable String device,
            String clientMessageId,
            long atMs,
            ByteBuffer body,
            @Nullable String bodyKey,
            @Nullable Long replyTo,
            List<String> mentions,
            boolean mentionAll,
            Traits traits)
            implements ConversationRow {
        @Override
        public String toString() {
            return "Posted[" + conversation + " seq=" + seq + "]";
        }
    }

    /** A message gets another body. */
    record Edited(
            String conversation,
            long stamp,
            long seq,
            long version,
            String by,
            long atMs,
            ByteBuffer body,
            @Nullable String bodyKey,
            long expiresAtMs)
            implements ConversationRow {
        @Override
        public String toString() {
            return "Edited[" + conversation + " seq=" + seq + "]";
        }
    }

    /** A message loses its body. */
    record Recalled(String conversation, long stamp, long seq, long version, String by, long atMs)
            implements ConversationRow {}

    /** A reaction of a user is on a message, or no longer. */
    record Reacted(String conversation, long stamp, long seq, long version, String user, String emoji, boolean removed)
            implements ConversationRow {}

    /** A user is a member from this version on, or was one through it. */
    record Member(
            String conversation,
            long stamp,
            String user,
            long version,
            boolean joined,
            @Nullable String role,
            long lastSeq)
            implements ConversationRow {}

    /**
     * A user may not send from this version on.
     *
     * @param user empty for everybody but owner and admins
     * @param untilMs 0: may send again
     */
    record Muted(String conversation, long stamp, String user, long version, long untilMs) implements ConversationRow {}

    /** A message waits for its time. */
    record Scheduled(String conversation, long stamp, String user, WaitingMessage message) implements ConversationRow {}

    /** A message waits no more. */
    record ScheduleOver(String conversation, long stamp, String user, long version) implements ConversationRow {}

    /** Something that holds of the group from this version on. */
    record Holds(String conversation, long stamp, Fact fact) implements ConversationRow {}

    /** The title from this version on. */
    record Titled(String conversation, long stamp, long version, String title) implements ConversationRow {}
}
