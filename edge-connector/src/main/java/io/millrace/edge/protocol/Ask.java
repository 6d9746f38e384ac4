package io.millrace.edge.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.UserCommandType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of a conversation, typed and checked for form; whoever may do it is decided by the router. The same
 * over WebSocket and HTTP.
 */
public sealed interface Ask {
    ClientMessageId key();

    ConversationId conversation();

    /** Writes what the ask says, apart from conversation and key, in a form that only depends on its meaning. */
    void writeTo(CanonicalContent content);

    /** An ask that takes a version: it becomes a record of {@code commands}. */
    sealed interface OfConversation extends Ask {
        CommandType type();
    }

    /** A new message. */
    record Send(
            ClientMessageId key,
            ConversationId conversation,
            Body body,
            @Nullable Long replyTo,
            List<String> mentions,
            boolean mentionAll,
            @Nullable Instant expiresAt,
            @Nullable Instant sendAt)
            implements OfConversation {
        public Send {
            mentions = List.copyOf(mentions);
        }

        @Override
        public CommandType type() {
            return CommandType.SEND;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.json(body.tree()).number(replyTo).texts(mentions);
            if (mentionAll) {
                content.text("mentionAll"); // only then, so that a key from before it means what it meant
            }
            if (expiresAt != null) {
                content.text("expiresAt").number(expiresAt.toEpochMilli());
            }
            if (sendAt != null) {
                content.text("sendAt").number(sendAt.toEpochMilli());
            }
        }
    }

    /** Other words for an own message. */
    record Edit(ClientMessageId key, ConversationId conversation, long seq, Body body) implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.EDIT;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.number(seq).json(body.tree());
        }
    }

    /** A message is taken back. */
    record Recall(ClientMessageId key, ConversationId conversation, long seq) implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.RECALL;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.number(seq);
        }
    }

    /** A reaction is added or taken back. */
    record React(ClientMessageId key, ConversationId conversation, long seq, String emoji, boolean removed)
            implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.REACT;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.number(seq).text(emoji).text(removed ? "remove" : "add");
        }
    }

    /** A new group; its id is a function of creator and key. */
    record CreateGroup(ClientMessageId key, ConversationId conversation, String title, List<String> members)
            implements OfConversation {
        public CreateGroup {
            members = List.copyOf(members);
        }

        @Override
        public CommandType type() {
            return CommandType.CREATE_GROUP;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.text(title).texts(members);
        }
    }

    /** Users join a group. */
    record AddMembers(ClientMessageId key, ConversationId conversation, List<String> users) implements OfConversation {
        public AddMembers {
            users = List.copyOf(users);
        }

        @Override
        public CommandType type() {
            return CommandType.ADD_MEMBERS;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.texts(users);
        }
    }

    /** A user is removed from a group, or leaves it. */
    record RemoveMember(ClientMessageId key, ConversationId conversation, String member) implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.REMOVE_MEMBER;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.text(member);
        }
    }

    /** A group is described otherwise; what is null stays as it is. */
    record SetGroup(
            ClientMessageId key,
            ConversationId conversation,
            @Nullable String title,
            @Nullable String announcement,
            @Nullable JoinRule joinRule)
            implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.SET_GROUP;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.texts(title == null ? List.of() : List.of(title))
                    .texts(announcement == null ? List.of() : List.of(announcement))
                    .text(joinRule == null ? "" : joinRule.name());
        }
    }

    /**
     * A join link is made, or revoked. Shows no secret in {@code toString}.
     *
     * @param link its id
     * @param until opens the group until then; null: revoked
     * @param secret what opens the group; null where the link is revoked
     */
    record Link(
            ClientMessageId key,
            ConversationId conversation,
            String link,
            @Nullable Instant until,
            @Nullable String secret)
            implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.LINK;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.text(link).number(until == null ? null : until.toEpochMilli());
        }

        @Override
        public String toString() {
            return "Link[" + link + "]";
        }
    }

    /**
     * The user joins a group by itself.
     *
     * @param link id of a join link; null: the group is open
     */
    record Join(
            ClientMessageId key,
            ConversationId conversation,
            @Nullable String link) implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.JOIN;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.texts(link == null ? List.of() : List.of(link));
        }
    }

    /** A message that waits for its time is taken back. */
    record Unschedule(ClientMessageId key, ConversationId conversation, long version) implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.UNSCHEDULE;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.number(version);
        }
    }

    /** A member of a group gets another role; owner hands the group over. */
    record SetRole(ClientMessageId key, ConversationId conversation, String member, Role role)
            implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.SET_ROLE;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.text(member).text(role.name());
        }
    }

    /**
     * Members may not send until then.
     *
     * @param users empty for everybody but owner and admins
     * @param until null: may send again
     */
    record Mute(
            ClientMessageId key,
            ConversationId conversation,
            List<String> users,
            @Nullable Instant until) implements OfConversation {
        public Mute {
            users = List.copyOf(users);
        }

        @Override
        public CommandType type() {
            return CommandType.MUTE;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.texts(users).number(until == null ? null : until.toEpochMilli());
        }
    }

    /** A group ends. */
    record Dissolve(ClientMessageId key, ConversationId conversation) implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.DISSOLVE;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            // there is nothing more to say
        }
    }

    /** The user takes no messages of the other one any more, or takes them again. */
    record Block(ClientMessageId key, ConversationId conversation, boolean block) implements OfConversation {
        @Override
        public CommandType type() {
            return block ? CommandType.BLOCK : CommandType.UNBLOCK;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            // the type says it
        }
    }

    /** An ask about the user's own timeline: it becomes a record of {@code user-commands} and takes no version. */
    sealed interface OfTimeline extends Ask {
        UserCommandType type();
    }

    /** The user has read so far. */
    record Read(ClientMessageId key, ConversationId conversation, long seq) implements OfTimeline {
        @Override
        public UserCommandType type() {
            return UserCommandType.READ;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.number(seq);
        }
    }

    /** The user does not want to see a message any more. */
    record Delete(ClientMessageId key, ConversationId conversation, long seq) implements OfTimeline {
        @Override
        public UserCommandType type() {
            return UserCommandType.DELETE;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.number(seq);
        }
    }

    /** How the user keeps a conversation; what is null stays as it is. */
    record ChangeSettings(ClientMessageId key, ConversationId conversation, SettingsChange change)
            implements OfTimeline {
        @Override
        public UserCommandType type() {
            return UserCommandType.SETTINGS;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            // not remembered by its key
        }
    }

    /**
     * What changes; null stays as it is. Shows no draft in {@code toString}.
     *
     * @param draft JSON text of a body, empty for none
     * @param alias empty for none
     */
    record SettingsChange(
            @Nullable Boolean muted,
            @Nullable Boolean pinned,
            @Nullable Boolean hidden,
            @Nullable Long clearedSeq,
            @Nullable ByteBuffer draft,
            @Nullable Boolean contact,
            @Nullable String alias,
            @Nullable Boolean invisible) {
        @Override
        public String toString() {
            return "SettingsChange[muted=" + muted + ", pinned=" + pinned + ", hidden=" + hidden + ", clearedSeq="
                    + clearedSeq + ", contact=" + contact + ", invisible=" + invisible + "]";
        }
    }

    /** A message's content: its text as it came, and the same parsed. Shows neither in {@code toString}. */
    final class Body {
        private final byte[] utf8;
        private final JsonNode tree;

        Body(byte[] utf8, JsonNode tree) {
            this.utf8 = utf8;
            this.tree = tree;
        }

        /** Read-only view of the JSON text, byte for byte as the client wrote it. */
        public ByteBuffer utf8() {
            return ByteBuffer.wrap(utf8).asReadOnlyBuffer();
        }

        /** What its policy is looked up by. */
        public String kind() {
            return tree.get("kind").textValue();
        }

        JsonNode tree() {
            return tree;
        }

        @Override
        public String toString() {
            return "Body[" + utf8.length + " bytes]";
        }
    }
}
