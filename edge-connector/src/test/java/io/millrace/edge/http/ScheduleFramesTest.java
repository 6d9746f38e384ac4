package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.record.UserCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that wait or end, contacts, and who is there, on real sockets. */
@Timeout(60)
class ScheduleFramesTest {
    private static final String BODY = "\"body\":{\"kind\":\"text\",\"text\":\"later\"}";

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
    void shouldWriteTheTimesAndTheKindOfAMessage() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            alice.text(
                    "{\"type\":\"send\",\"clientMessageId\":\"k\",\"to\":{\"user\":\"bob\"},\"sendAt\":1790000000000,"
                            + "\"expiresAt\":1790000060000," + BODY + "}");
            alice.await("posted");

            // Then
            var command = edge.router.commands().get(0);
            assertThat(command.getSendAt()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
            assertThat(command.getExpiresAt()).isEqualTo(Instant.ofEpochMilli(1_790_000_060_000L));
            assertThat(command.getBodyKind()).isEqualTo("text");
            assertThat(command.getService()).isFalse();
        }
    }

    @Test
    void shouldTakeAWaitingMessageBack() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            alice.text("{\"type\":\"unschedule\",\"ref\":1,\"clientMessageId\":\"k\",\"conversation\":\"g:x\","
                    + "\"version\":7}");

            // Then
            assertThat(alice.await("posted")).contains("\"ref\":1", "\"version\":");
            var command = edge.router.commands().get(0);
            assertThat(command.getType()).isEqualTo(CommandType.UNSCHEDULE);
            assertThat(command.getTargetVersion()).isEqualTo(7);
        }
    }

    @Test
    void shouldWriteContactAliasAndInvisibility() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            alice.text("{\"type\":\"settings\",\"clientMessageId\":\"k-1\",\"conversation\":\"d:alice:bob\","
                    + "\"contact\":true,\"alias\":\"Bobby\"}");
            alice.await("posted");
            alice.text("{\"type\":\"settings\",\"clientMessageId\":\"k-2\",\"conversation\":\"d:alice:alice\","
                    + "\"invisible\":true,\"alias\":\"\"}");
            alice.await("posted");

            // Then
            var written = edge.router.written.stream()
                    .filter(UserCommand.class::isInstance)
                    .map(UserCommand.class::cast)
                    .filter(command -> command.getClientMessageId() != null)
                    .toList();
            assertThat(written.get(0).getContact()).isTrue();
            assertThat(written.get(0).getAlias()).isEqualTo("Bobby");
            assertThat(written.get(0).getInvisible()).isNull();
            assertThat(written.get(1).getInvisible()).isTrue();
            assertThat(written.get(1).getAlias()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"send\",\"to\":{\"user\":\"bob\"},\"sendAt\":0," + BODY,
                "\"type\":\"send\",\"to\":{\"user\":\"bob\"},\"sendAt\":\"soon\"," + BODY,
                "\"type\":\"send\",\"to\":{\"user\":\"bob\"},\"expiresAt\":1.5," + BODY,
                "\"type\":\"send\",\"to\":{\"user\":\"bob\"},\"expiresAt\":9223372036854775807," + BODY,
                "\"type\":\"unschedule\",\"conversation\":\"g:x\"",
                "\"type\":\"unschedule\",\"conversation\":\"g:x\",\"version\":0",
                "\"type\":\"unschedule\",\"version\":3",
                "\"type\":\"settings\",\"conversation\":\"d:alice:bob\",\"contact\":\"yes\"",
                "\"type\":\"settings\",\"conversation\":\"d:alice:bob\",\"alias\":7",
                "\"type\":\"settings\",\"conversation\":\"d:alice:bob\",\"alias\":\"  \"",
                "\"type\":\"settings\",\"conversation\":\"d:alice:bob\",\"alias\":\"a\\u0007b\"",
                "\"type\":\"settings\",\"conversation\":\"d:alice:alice\",\"invisible\":1",
                "\"type\":\"presence\"",
                "\"type\":\"presence\",\"conversation\":\"d:bob:alice\"",
                "\"type\":\"presence\",\"conversation\":7"
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
    void shouldAskForTheSessionWhoIsThere() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            alice.text("{\"type\":\"presence\",\"ref\":1,\"conversation\":\"d:alice:bob\"}");
            await().until(() -> edge.router.commands().size() == 1);

            // Then
            var command = edge.router.commands().get(0);
            assertThat(command.getType()).isEqualTo(CommandType.ASK_PRESENCE);
            assertThat(command.getUser()).isEqualTo("alice");
            assertThat(Objects.requireNonNull(command.getOrigin()).getSession()).isNotNull();
        }
    }

    @Test
    void shouldRefuseToAskTooOften() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            for (int i = 0; i < 60; i++) {
                alice.text("{\"type\":\"presence\",\"ref\":" + i + ",\"conversation\":\"g:" + i + "\"}");
            }

            // Then
            assertThat(alice.await("error")).contains("\"code\":\"rate_limited\"", "\"retryAfterMs\":");
        }
    }

    @Test
    void shouldTellWhoIsThereAndWhatNobodyKeeps() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            edge.router.signal(presence(true, Instant.ofEpochMilli(5)), "alice");
            edge.router.signal(presence(false, null), "alice");
            edge.router.signal(
                    signal(SignalKind.TRANSIENT)
                            .setBody(StandardCharsets.UTF_8.encode("{\"kind\":\"call\",\"offer\":1}"))
                            .build(),
                    "alice");

            // Then
            assertThat(alice.await("{"))
                    .isEqualTo("{\"type\":\"presence\",\"conversation\":\"d:alice:bob\",\"user\":\"bob\","
                            + "\"state\":\"online\",\"since\":5}");
            assertThat(alice.await("{"))
                    .isEqualTo("{\"type\":\"presence\",\"conversation\":\"d:alice:bob\",\"user\":\"bob\","
                            + "\"state\":\"offline\"}");
            assertThat(alice.await("{"))
                    .isEqualTo("{\"type\":\"transient\",\"conversation\":\"d:alice:bob\",\"from\":\"bob\",\"at\":0,"
                            + "\"body\":{\"kind\":\"call\",\"offer\":1}}");
        }
    }

    private static Signal presence(boolean online, Instant since) {
        return signal(SignalKind.PRESENCE).setOnline(online).setSince(since).build();
    }

    private static Signal.Builder signal(SignalKind kind) {
        return Signal.newBuilder()
                .setPartition(0)
                .setMembers(List.of())
                .setKind(kind)
                .setConversation("d:alice:bob")
                .setUser("bob")
                .setBody(ByteBuffer.allocate(0))
                .setAt(Instant.EPOCH);
    }
}
