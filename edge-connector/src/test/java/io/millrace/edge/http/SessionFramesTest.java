package io.millrace.edge.http;

import static io.millrace.edge.http.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.EdgeUnderTest;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session makes of frames that are frames, on real sockets. */
@Timeout(60)
class SessionFramesTest {
    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() {
        edge = EdgeUnderTest.start(FramesTest.limits());
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldChatWhenEverythingIsRight() throws Exception {
        try (var alice = welcomed("alice", "phone");
                var bob = welcomed("bob", "laptop")) {
            // When
            alice.text(
                    "{\"type\":\"send\",\"ref\":7,\"clientMessageId\":\"c-1\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\", \"text\":\"h\\u0069 世界\"}}");

            // Then
            assertThat(alice.await("posted")).contains("\"ref\":7", "\"conversation\":\"d:alice:bob\"", "\"seq\":");
            assertThat(alice.await("entry")).contains("\"clientMessageId\":\"c-1\"", "\"device\":\"phone\"");
            assertThat(bob.await("entry"))
                    .contains("\"body\":{\"kind\":\"text\", \"text\":\"h\\u0069 世界\"}")
                    .doesNotContain("clientMessageId", "\"device\"");
        }
    }

    @Test
    void shouldCloseWhenNoHelloComes() throws Exception {
        try (var socket = RawSocket.open(edge.port())) {
            assertThat(socket.awaitClose()).isEqualTo(4408);
        }
    }

    @Test
    void shouldCloseWhenTheHeartbeatStops() throws Exception {
        try (var socket = welcomed("alice", "silent")) {
            assertThat(socket.awaitClose()).isEqualTo(4408);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ping\"}",
                "{\"type\":\"hello\",\"token\":\"not-a-token\",\"device\":\"d\"}",
                "{\"type\":\"send\",\"clientMessageId\":\"c\"}",
                "no json"
            })
    void shouldCloseAsUnauthenticatedWhenTheFirstFrameIsNoGoodHello(String frame) throws Exception {
        try (var socket = RawSocket.open(edge.port())) {
            // When
            socket.text(frame);

            // Then
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void shouldCloseWhenThereAreTooManyBadFrames() throws Exception {
        try (var socket = welcomed("alice", "bad")) {
            // When
            for (int i = 0; i < 6; i++) {
                socket.text("{\"type\":");
            }

            // Then
            assertThat(socket.await("error")).contains("bad_frame");
            assertThat(socket.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void shouldStayOpenWhenManyTypesAreUnknown() throws Exception {
        try (var socket = welcomed("alice", "newer")) {
            for (int i = 0; i < 50; i++) {
                // When
                socket.text("{\"type\":\"of-a-later-release\",\"ref\":" + i + ",\"more\":{}}");

                // Then
                assertThat(socket.await("error")).contains("\"ref\":" + i, "unknown_type");
            }
        }
    }

    @Test
    void shouldAnswerAndStayOpenWhenFieldsAreWrong() throws Exception {
        try (var socket = welcomed("alice", "fields")) {
            for (int i = 0; i < 20; i++) {
                // When
                socket.text("{\"type\":\"send\",\"ref\":" + i + ",\"clientMessageId\":7}");

                // Then: the field is named, its value is not
                assertThat(socket.await("error"))
                        .contains("\"ref\":" + i, "\"code\":\"invalid\"", "clientMessageId")
                        .doesNotContain("7}");
            }
        }
    }

    @Test
    void shouldRefuseAnAckWhenThePositionWasNotPushed() throws Exception {
        try (var socket = welcomed("gina", "acks")) {
            // When
            socket.text("{\"type\":\"ack\",\"ref\":1,\"position\":9223372036854775807}");

            // Then
            assertThat(socket.await("error")).contains("\"ref\":1", "invalid");
            socket.text("{\"type\":\"ack\",\"ref\":2,\"position\":0}");
            socket.text("{\"type\":\"ping\",\"ref\":3}");
            assertThat(socket.await("\"ref\"")).contains("pong", "\"ref\":3");
        }
    }

    @Test
    void shouldTakeNoCommandsAndTellToTryLaterWhenTheLogBringsNoWelcome() throws Exception {
        // Given
        edge.router.welcoming = false;
        try (var socket = RawSocket.open(edge.port())) {
            // When
            hello(socket, "dave", "d");
            socket.text("{\"type\":\"send\",\"ref\":1,\"clientMessageId\":\"c\"}");

            // Then
            assertThat(socket.await("error")).contains("\"ref\":1", "invalid");
            assertThat(socket.awaitClose()).isEqualTo(1013);
        } finally {
            edge.router.welcoming = true;
        }
    }

    @Test
    void shouldTellToTryLaterWhenTheTokenIsNotCheckedInTime() throws Exception {
        // Given
        var checked = new CountDownLatch(1);
        edge.whileChecking = () -> awaitQuietly(checked);
        try (var socket = RawSocket.open(edge.port())) {
            // When
            hello(socket, "dave", "d");

            // Then
            assertThat(socket.awaitClose()).isEqualTo(1013);
        } finally {
            edge.whileChecking = () -> {};
            checked.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RawSocket welcomed(String user, String device) throws IOException {
        var socket = RawSocket.open(edge.port());
        hello(socket, user, device);
        socket.await("welcome");
        return socket;
    }

    private static void hello(RawSocket socket, String user, String device) throws IOException {
        socket.text("{\"type\":\"hello\",\"token\":\"" + edge.token(user) + "\",\"device\":\"" + device
                + "\",\"attempt\":1}");
    }
}
