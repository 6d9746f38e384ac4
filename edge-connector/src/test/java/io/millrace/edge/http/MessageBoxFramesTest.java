package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, deletions, blocks, typing and receipts on real sockets. */
@Timeout(60)
class MessageBoxFramesTest {
    private EdgeUnderTest edge;

    @BeforeEach
    void start() {
        edge = EdgeUnderTest.start();
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldAnswerPostedWithoutNumbersWhenSettingsChange() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            var frame = "{\"type\":\"settings\",\"ref\":1,\"clientMessageId\":\"k-1\",\"conversation\":\"g:x\","
                    + "\"pinned\":true,\"draft\":{\"kind\":\"text\",\"text\":\"世\"}}";
            alice.text(frame);
            var posted = alice.await("posted");
            alice.text(frame);
            var again = alice.await("posted");

            // Then
            assertThat(posted)
                    .contains("\"ref\":1", "\"clientMessageId\":\"k-1\"", "\"conversation\":\"g:x\"")
                    .doesNotContain("\"seq\"", "\"version\"", "unchanged");
            assertThat(again).contains("\"unchanged\":true");
            var command = userCommands().get(0);
            assertThat(command.getType()).isEqualTo(UserCommandType.SETTINGS);
            assertThat(command.getUser()).isEqualTo("alice");
            assertThat(command.getDevice()).isEqualTo("phone");
            assertThat(command.getPinned()).isTrue();
            assertThat(command.getMuted()).isNull();
            assertThat(command.getClearedSeq()).isNull();
            assertThat(StandardCharsets.UTF_8.decode(command.getDraft()).toString())
                    .isEqualTo("{\"kind\":\"text\",\"text\":\"世\"}");
        }
    }

    @Test
    void shouldAnswerPostedWhenAMessageIsDeleted() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            alice.text(
                    "{\"type\":\"delete\",\"ref\":1,\"clientMessageId\":\"k-1\",\"conversation\":\"g:x\",\"seq\":7}");

            // Then
            assertThat(alice.await("posted")).contains("\"ref\":1");
            assertThat(userCommands()).singleElement().satisfies(command -> {
                assertThat(command.getType()).isEqualTo(UserCommandType.DELETE);
                assertThat(command.getSeq()).isEqualTo(7);
            });
        }
    }

    @Test
    void shouldAskTheDirectConversationWhenAUserIsBlocked() throws Exception {
        try (var bob = RawSocket.welcomed(edge, "bob", "phone")) {
            // When
            bob.text("{\"type\":\"block\",\"ref\":1,\"clientMessageId\":\"k-1\",\"user\":\"alice\"}");
            var blocked = bob.await("posted");
            bob.text("{\"type\":\"unblock\",\"ref\":2,\"clientMessageId\":\"k-2\",\"user\":\"alice\"}");
            bob.await("posted");

            // Then
            assertThat(blocked)
                    .contains("\"conversation\":\"d:alice:bob\"", "\"version\":")
                    .doesNotContain("\"seq\"");
            assertThat(edge.router.commands())
                    .extracting(Command::getType)
                    .containsExactly(CommandType.BLOCK, CommandType.UNBLOCK);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"settings\",\"conversation\":\"g:x\",\"muted\":1",
                "\"type\":\"settings\",\"conversation\":\"g:x\",\"draft\":{\"text\":\"no kind\"}",
                "\"type\":\"settings\",\"muted\":true",
                "\"type\":\"delete\",\"conversation\":\"g:x\"",
                "\"type\":\"delete\",\"conversation\":\"g:x\",\"seq\":0",
                "\"type\":\"block\"",
                "\"type\":\"unblock\",\"user\":\"a:b\"",
                "\"type\":\"typing\"",
                "\"type\":\"typing\",\"conversation\":\"d:bob:alice\""
            })
    void shouldAnswerInvalidWhenAFieldIsWrong(String fields) throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            alice.text("{\"ref\":1,\"clientMessageId\":\"k\"," + fields + "}");

            // Then
            assertThat(alice.await("error")).contains("\"ref\":1", "\"code\":\"invalid\"");
            assertThat(edge.router.commands()).isEmpty();
        }
    }

    @Test
    void shouldRefuseADraftThatIsTooLarge() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            alice.text("{\"type\":\"settings\",\"ref\":1,\"clientMessageId\":\"k\",\"conversation\":\"g:x\","
                    + "\"draft\":{\"kind\":\"text\",\"text\":\"" + "a".repeat(12_288) + "\"}}");

            // Then
            assertThat(alice.await("error")).contains("\"code\":\"too_large\"");
        }
    }

    @Test
    void shouldWriteTypingOnceAndAnswerNothing() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            for (int i = 0; i < 20; i++) {
                alice.text("{\"type\":\"typing\",\"ref\":1,\"conversation\":\"d:alice:bob\"}");
            }
            alice.text("{\"type\":\"typing\",\"conversation\":\"g:x\"}");
            alice.text("{\"type\":\"ping\",\"ref\":2}");

            // Then
            assertThat(alice.await("\"ref\"")).contains("pong", "\"ref\":2");
            await().until(() -> edge.router.commands().size() == 2);
            assertThat(edge.router.commands()).allSatisfy(command -> {
                assertThat(command.getType()).isEqualTo(CommandType.TYPING);
                assertThat(command.getUser()).isEqualTo("alice");
                assertThat(command.getClientMessageId()).isEqualTo("typing");
                assertThat(command.getFingerprint()).isEqualTo(new Hash128(new byte[16]));
                assertThat(command.getOrigin()).isNull();
            });
        }
    }

    @Test
    void shouldTellSignalsToThoseTheyAreForAndToNobodyElse() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone");
                var bob = RawSocket.welcomed(edge, "bob", "phone")) {
            // When
            edge.router.signal(signal(SignalKind.TYPING, 0, 0), "alice");
            edge.router.signal(signal(SignalKind.RECEIPT, 7, 0), "alice");
            edge.router.signal(signal(SignalKind.RECEIPT, 9, 8), "alice");
            edge.router.signal(signal(SignalKind.UNKNOWN, 0, 0), "alice");
            edge.router.signal(signal(SignalKind.RECEIPT, 11, 11), "alice", "bob");

            // Then
            assertThat(alice.await("{"))
                    .isEqualTo("{\"type\":\"typing\",\"conversation\":\"d:alice:bob\",\"from\":\"bob\"}");
            assertThat(alice.await("{"))
                    .isEqualTo(
                            "{\"type\":\"receipt\",\"conversation\":\"d:alice:bob\",\"user\":\"bob\",\"delivered\":7}");
            assertThat(alice.await("{")).contains("\"delivered\":9", "\"read\":8");
            assertThat(alice.await("{")).contains("\"delivered\":11");
            assertThat(bob.await("{")).contains("\"delivered\":11");
        }
    }

    @Test
    void shouldNeedNoAckForASignal() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            edge.router.signal(signal(SignalKind.RECEIPT, 1, 1), "alice");
            alice.await("receipt");
            alice.text("{\"type\":\"ack\",\"ref\":1,\"position\":1}");

            // Then: it has no position
            assertThat(alice.await("error")).contains("\"ref\":1", "\"code\":\"invalid\"");
        }
    }

    @Test
    void shouldSayWhoeverIsMentioned() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone");
                var bob = RawSocket.welcomed(edge, "bob", "phone")) {
            // When
            alice.text("{\"type\":\"send\",\"clientMessageId\":\"k\",\"to\":{\"conversation\":\"g:x\"},"
                    + "\"mentionAll\":true,\"body\":{\"kind\":\"text\",\"text\":\"all\"}}");

            // Then
            assertThat(bob.await("entry"))
                    .contains("\"mentionAll\":true", "\"unread\":1", "\"unreadMentions\":0", "\"totalUnread\":1");
            assertThat(edge.router.commands().get(0).getMentionAll()).isTrue();
        }
    }

    private List<UserCommand> userCommands() {
        return edge.router.written.stream()
                .filter(UserCommand.class::isInstance)
                .map(UserCommand.class::cast)
                .filter(command -> command.getClientMessageId() != null)
                .toList();
    }

    private static Signal signal(SignalKind kind, long delivered, long read) {
        return new Signal(
                0,
                List.of(),
                kind,
                "d:alice:bob",
                "bob",
                delivered,
                read,
                Instant.EPOCH,
                null,
                false,
                null,
                ByteBuffer.allocate(0),
                null);
    }
}
