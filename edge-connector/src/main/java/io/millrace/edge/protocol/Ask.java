package io.millrace.edge.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.CommandType;
import java.nio.ByteBuffer;
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
            List<String> mentions) implements OfConversation {
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

    /** A group gets another title. */
    record SetTitle(ClientMessageId key, ConversationId conversation, String title) implements OfConversation {
        @Override
        public CommandType type() {
            return CommandType.SET_TITLE;
        }

        @Override
        public void writeTo(CanonicalContent content) {
            content.text(title);
        }
    }

    /** The user has read so far; decided where timelines are, it takes no version. */
    record Read(ClientMessageId key, ConversationId conversation, long seq) implements Ask {
        @Override
        public void writeTo(CanonicalContent content) {
            content.number(seq);
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

        JsonNode tree() {
            return tree;
        }

        @Override
        public String toString() {
            return "Body[" + utf8.length + " bytes]";
        }
    }
}
