package io.millrace.router;

import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Commands with valid defaults. */
public final class Commands {
    public static final Origin ORIGIN = new Origin("e-1", 2, "s-1", 7L);

    private Commands() {}

    public static Command send(String user, String conversation, String key, String text) {
        return command(CommandType.SEND, user, conversation, key, text).build();
    }

    public static Command create(String user, String key, String title, String... members) {
        var id =
                ConversationId.group(new UserId(user), new ClientMessageId(key)).value();
        return command(CommandType.CREATE_GROUP, user, id, key, title)
                .setBody(ByteBuffer.allocate(0))
                .setTitle(title)
                .setUsers(List.of(members))
                .build();
    }

    public static Command members(CommandType type, String user, String conversation, String key, String... users) {
        return command(type, user, conversation, key, Arrays.toString(users))
                .setBody(ByteBuffer.allocate(0))
                .setUsers(List.of(users))
                .build();
    }

    public static Command about(CommandType type, String user, String conversation, String key, long seq) {
        return command(type, user, conversation, key, "about " + seq)
                .setTargetSeq(seq)
                .setEmoji("+1")
                .build();
    }

    public static Command.Builder command(CommandType type, String user, String conversation, String key, String text) {
        var bytes = ("{\"kind\":\"text\",\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        return Command.newBuilder()
                .setType(type)
                .setConversation(conversation)
                .setUser(user)
                .setDevice("phone")
                .setClientMessageId(key)
                .setFingerprint(new Hash128(Arrays.copyOf(
                        ByteBuffer.allocate(16).putInt((type + text).hashCode()).array(), 16)))
                .setBody(ByteBuffer.wrap(bytes))
                .setReceivedAt(Instant.EPOCH)
                .setOrigin(ORIGIN);
    }

    public static UserCommand.Builder user(UserCommandType type, String user, String conversation, String key) {
        return UserCommand.newBuilder()
                .setType(type)
                .setUser(user)
                .setDevice("phone")
                .setConversation(conversation)
                .setClientMessageId(key)
                .setOrigin(ORIGIN);
    }
}
