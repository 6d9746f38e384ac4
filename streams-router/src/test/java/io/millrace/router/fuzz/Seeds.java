package io.millrace.router.fuzz;

import io.millrace.router.Commands;
import io.millrace.router.InMemoryRegistry;
import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A good record of every type, written with today's schemas, for the fuzzer to begin with. */
final class Seeds {
    private static final Instant LATER = Instant.parse("2026-11-01T12:00:20Z");
    private static final String GROUP =
            ConversationId.group(new UserId("alice"), new ClientMessageId("g1")).value();

    private Seeds() {}

    static void write(Path directory) throws IOException {
        var registry = new InMemoryRegistry();
        registry.idOf("commands-value", Command.getClassSchema());
        registry.idOf("user-commands-value", UserCommand.getClassSchema());
        var serdes = RecordSerdes.on(registry);
        var commands = serdes.serializer(Command.class);
        for (var type : CommandType.values()) {
            for (var conversation : List.of(GROUP, "d:alice:bob")) {
                var command = command(type, conversation);
                var value = commands.serialize("commands", command);
                var unawaited = commands.serialize(
                        "commands", Command.newBuilder(command).setOrigin(null).build());
                write(directory.resolve(type + "-" + conversation.charAt(0)), 0, value);
                write(directory.resolve(type + "-unawaited-" + conversation.charAt(0)), 0, unawaited);
            }
        }
        for (var type : UserCommandType.values()) {
            write(
                    directory.resolve("user-" + type),
                    1,
                    serdes.serializer(UserCommand.class).serialize("user-commands", userCommand(type)));
        }
    }

    private static Command command(CommandType type, String conversation) {
        return Commands.command(type, "alice", conversation, "k-" + type, "hi")
                .setBodyKind("text")
                .setReplyTo(1L)
                .setMentions(List.of("bob"))
                .setTargetSeq(1L)
                .setTargetVersion(2L)
                .setEmoji("+1")
                .setUsers(List.of("bob"))
                .setTitle("Trip")
                .setAnnouncement("Boots")
                .setRole(Role.ADMIN)
                .setJoinRule(JoinRule.OPEN)
                .setLink("kQ3tZ0yV5mWvYb2c")
                .setUntil(LATER)
                .setSendAt(LATER)
                .setExpiresAt(LATER.plusSeconds(60))
                .build();
    }

    private static UserCommand userCommand(UserCommandType type) {
        boolean ofEdge = type == UserCommandType.EDGE_ALIVE || type == UserCommandType.EDGE_GONE;
        return Commands.user(type, "alice", "d:alice:bob", "k-" + type)
                .setUser(ofEdge ? null : "alice")
                .setAttempt(3L)
                .setSessionLimit(2)
                .setStored(1L)
                .setSeq(1L)
                .setMuted(true)
                .setPinned(false)
                .setHidden(true)
                .setClearedSeq(1L)
                .setDraft(ByteBuffer.wrap(new byte[] {'{', '}'}))
                .setTick(1L)
                .setContact(true)
                .setAlias("B")
                .build();
    }

    private static void write(Path file, int choice, byte[] value) throws IOException {
        Files.write(
                file,
                ByteBuffer.allocate(value.length + 1)
                        .put((byte) choice)
                        .put(value)
                        .array());
    }
}
