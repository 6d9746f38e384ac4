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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    void shouldTellTheAuthorAloneOfAMessageThatWaits() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone");
                var bob = RawSocket.welcomed(edge, "bob", "phone")) {
            // When
            alice.text("{\"type\":\"send\",\"ref\":1,\"clientMessageId\":\"later\",\"to\":{\"user\":\"bob\"},"
                    + "\"sendAt\":1790000000000," + BODY + "}");
            var posted = alice.await("posted");
            var waiting = alice.await("\"entry\"");
            alice.text("{\"type\":\"send\",\"clientMessageId\":\"now\",\"to\":{\"user\":\"bob\"}," + BODY + "}");

            // Then
            assertThat(posted)
                    .contains("\"ref\":1", "\"scheduled\":true", "\"version\":1")
                    .doesNotContain("\"seq\"", "messageId");
            assertThat(waiting)
                    .contains(
                            "\"kind\":\"scheduled\"",
                            "\"sendAt\":1790000000000",
                            "\"by\":\"alice\"",
                            "\"clientMessageId\":\"later\"",
                            "\"device\":\"phone\"");
            assertThat(bob.await("\"entry\"")).contains("\"position\":1,", "\"kind\":\"message\"", "\"version\":2");
        }
    }

    @Test
    void shouldTellNoBodyOfAMessageThatHasExpiredByTheClockOfTheEdge() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone");
                var bob = RawSocket.welcomed(edge, "bob", "phone")) {
            // Given
            long ends = edge.clock.instant().plusSeconds(60).toEpochMilli();
            var send = "{\"type\":\"send\",\"clientMessageId\":\"%s\",\"to\":{\"user\":\"bob\"},\"expiresAt\":" + ends
                    + "," + BODY + "}";

            // When
            alice.text(send.formatted("k-1"));
            var before = bob.await("\"entry\"");
            edge.clock.putForward(Duration.ofSeconds(61));
            alice.text(send.formatted("k-2"));
            var after = bob.await("\"entry\"");

            // Then
            assertThat(before).contains(BODY, "\"expiresAt\":" + ends).doesNotContain("expired");
            assertThat(after)
                    .contains("\"expired\":true", "\"expiresAt\":" + ends, "\"mentions\":[]")
                    .doesNotContain("body", "later");
        }
    }

    @Test
    void shouldSayWhetherTheTokenOfTheMomentIsAServices() throws Exception {
        try (var shop = RawSocket.open(edge.port())) {
            // When
            var send = "{\"type\":\"send\",\"clientMessageId\":\"%s\",\"to\":{\"user\":\"bob\"}," + BODY + "}";
            shop.hello(edge.serviceToken("shop", List.of("bob")), "d");
            shop.await("welcome");
            shop.text(send.formatted("k-1"));
            shop.await("posted");
            shop.text("{\"type\":\"auth\",\"token\":\"" + edge.token("shop") + "\"}");
            shop.await("authed");
            shop.text(send.formatted("k-2"));
            shop.await("posted");
            shop.text("{\"type\":\"auth\",\"token\":\"" + edge.serviceToken("shop", "*") + "\"}");
            shop.await("authed");
            shop.text(send.formatted("k-3"));
            shop.await("posted");

            // Then: a right that the token does not give any more is gone
            assertThat(edge.router.commands()).extracting(Command::getService).containsExactly(true, false, true);
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
                "\"type\":\"settings\",\"conversation\":\"d:alice:bob\",\"alias\":\"12345678901234567890123456789012345678901234567890123456789012345\"",
                "\"type\":\"settings\",\"conversation\":\"d:alice:alice\",\"invisible\":1",
                "\"type\":\"unschedule\",\"conversation\":\"g:x\",\"version\":1.0",
                "\"type\":\"send\",\"to\":{\"user\":\"bob\"},\"sendAt\":253402300800000," + BODY,
                "\"type\":\"send\",\"to\":{\"user\":\"bob\"},\"expiresAt\":-1," + BODY,
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
            assertThat(command.getClientMessageId()).isEqualTo("presence");
            assertThat(command.getFingerprint()).isEqualTo(new Hash128(new byte[16]));
        }
    }

    @Test
    void shouldRefuseToAskTooOften() throws Exception {
        try (var alice = RawSocket.welcomed(edge, "alice", "phone")) {
            // When
            for (int i = 1; i <= 31; i++) {
                alice.text("{\"type\":\"presence\",\"ref\":" + i + ",\"conversation\":\"g:" + i + "\"}");
            }

            // Then
            assertThat(alice.await("error")).contains("\"ref\":31", "\"code\":\"rate_limited\"", "\"retryAfterMs\":");
            await().until(() -> edge.router.commands().size() == 30);
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
