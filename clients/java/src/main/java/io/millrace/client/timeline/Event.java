package io.millrace.client.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened. {@link Other} stands for kinds that are newer than this client: they are passed over, never refused. */
public sealed interface Event {

    /**
     * A message; one that was recalled or has expired has no body.
     *
     * @param mentionAll whether it mentions everybody
     * @param hidden whether the user has blocked its author
     * @param silent whether a device makes no noise for it
     * @param counted whether it counts as unread
     * @param expiresAtMs it is not shown any more from then on, epoch milliseconds; null for never
     * @param expired whether that had passed when the server told of it
     * @param scheduled own messages that waited for their time: version of the {@link Scheduled} event
     */
    record Message(
            long seq,
            String messageId,
            String from,
            @Nullable JsonNode body,
            boolean recalled,
            @Nullable Long replyTo,
            List<String> mentions,
            boolean mentionAll,
            boolean hidden,
            boolean silent,
            boolean counted,
            @Nullable Long expiresAtMs,
            boolean expired,
            @Nullable Long scheduled)
            implements Event {
        public Message {
            mentions = List.copyOf(mentions);
        }

        /** Without the body: what people write does not belong in a log. */
        @Override
        public String toString() {
            return "Message[seq=" + seq + ", messageId=" + messageId + ", from=" + from + "]";
        }
    }

    /**
     * An own message waits for its time; only the user itself learns of it.
     *
     * @param body null where it does not wait any more
     * @param sendAtMs when it is posted, epoch milliseconds
     */
    record Scheduled(
            @Nullable JsonNode body,
            @Nullable Long replyTo,
            List<String> mentions,
            boolean mentionAll,
            long sendAtMs,
            @Nullable Long expiresAtMs)
            implements Event {
        public Scheduled {
            mentions = List.copyOf(mentions);
        }

        /** Without the body. */
        @Override
        public String toString() {
            return "Scheduled[sendAtMs=" + sendAtMs + "]";
        }
    }

    /**
     * An own message is not posted at its time.
     *
     * @param scheduled version of the {@link Scheduled} event
     * @param code why it could not be posted; null where the user took it back
     */
    record Unscheduled(long scheduled, @Nullable String code) implements Event {}

    /** The message has this body now; null where it has been recalled since. */
    record Edited(
            long seq, @Nullable JsonNode body, @Nullable String by) implements Event {
        @Override
        public String toString() {
            return "Edited[seq=" + seq + ", by=" + by + "]";
        }
    }

    /** The message has no body any more. */
    record Recalled(long seq, @Nullable String by) implements Event {}

    /** A reaction stands ({@code added}) or was taken back. */
    record Reaction(
            long seq, String emoji, boolean added, @Nullable String by) implements Event {}

    /** One of the user's own devices has read through {@code seq}. */
    record Read(long seq) implements Event {}

    /**
     * Who belongs to the conversation from this version on, and who no longer.
     *
     * Somebody who is added and was a member already has another role.
     *
     * @param roles role of those who were added, by user
     * @param title of a new group; null in every later event
     */
    record Members(
            List<String> added,
            List<String> removed,
            Map<String, String> roles,
            @Nullable String title,
            @Nullable String by)
            implements Event {
        public Members {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            roles = Map.copyOf(roles);
        }
    }

    /**
     * The conversation's own properties; null for those that stay.
     *
     * @param joinRule {@code invitation} or {@code open}
     */
    record ConversationChanged(
            @Nullable String title,
            @Nullable String announcement,
            @Nullable String joinRule,
            @Nullable String by) implements Event {}

    /**
     * A link opens the group; owner and admins learn of it.
     *
     * @param link its id
     * @param untilMs epoch milliseconds; null where it was revoked
     */
    record Link(
            String link, @Nullable Long untilMs, @Nullable String by) implements Event {}

    /**
     * Who may not send.
     *
     * @param users empty for everybody but owner and admins
     * @param untilMs epoch milliseconds; null: may send again
     */
    record Muted(
            List<String> users,
            @Nullable Long untilMs,
            @Nullable String by) implements Event {
        public Muted {
            users = List.copyOf(users);
        }
    }

    /** The user takes no messages of the other one any more, or takes them again. Only the user itself learns of it. */
    record Blocked(boolean blocked) implements Event {}

    /** The group is no more; nobody is a member. */
    record Dissolved(@Nullable String by) implements Event {}

    /**
     * The user's own settings of the conversation, all of them.
     *
     * @param deletedSeq a message that the user deleted for itself; null if none was
     */
    record SettingsChanged(Settings settings, @Nullable Long deletedSeq) implements Event {}

    /** An event that the server could not keep; its place is taken. */
    record Unreadable() implements Event {}

    /** A kind that this client does not know. */
    record Other(String kind) implements Event {}
}
