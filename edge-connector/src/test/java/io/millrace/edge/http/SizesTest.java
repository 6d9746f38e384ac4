package io.millrace.edge.http;

import static io.millrace.edge.http.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.EdgeUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every size at its limit, around it, far beyond it, and in small pieces. */
@Timeout(60)
class SizesTest {
    private static final int FRAME = 65_536;
    private static final int HELLO = 8192;
    private static final int BODY = 12_288;

    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() {
        edge = EdgeUnderTest.start();
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {FRAME - 1, FRAME})
    void shouldAnswerWhenAFrameIsWithinTheLimit(int bytes) throws Exception {
        try (var whole = RawSocket.welcomed(edge, "alice", "whole" + bytes);
                var pieces = RawSocket.welcomed(edge, "alice", "pieces" + bytes)) {
            // When
            whole.raw(frame(0x81, ping(bytes)));
            inPieces(pieces, frame(0x81, ping(bytes)));

            // Then
            assertThat(whole.await("pong")).contains("\"ref\":9");
            assertThat(pieces.await("pong")).contains("\"ref\":9");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FRAME + 1, FRAME * 100})
    void shouldCloseAsTooLargeWhenAFrameIsBeyondTheLimit(int bytes) throws Exception {
        try (var whole = RawSocket.welcomed(edge, "alice", "whole" + bytes);
                var pieces = RawSocket.welcomed(edge, "alice", "pieces" + bytes)) {
            // When
            whole.rawUntilClosed(frame(0x81, ping(bytes)));
            inPieces(pieces, frame(0x81, ping(bytes)));

            // Then: a client that goes on sending into the close may see the reset first
            assertThat(whole.awaitClose()).isIn(bytes > FRAME + 1 ? List.of(1009, 1006) : List.of(1009));
            assertThat(pieces.awaitClose()).isIn(bytes > FRAME + 1 ? List.of(1009, 1006) : List.of(1009));
        }
    }

    @ParameterizedTest
    @CsvSource({"32768, true", "32769, false"})
    void shouldJudgeFragmentsTogether(int second, boolean taken) throws Exception {
        try (var socket = RawSocket.welcomed(edge, "alice", "fragments" + second)) {
            // When
            var ping = ping(FRAME / 2 + second);
            socket.raw(frame(0x01, Arrays.copyOf(ping, FRAME / 2)));
            socket.raw(frame(0x80, Arrays.copyOfRange(ping, FRAME / 2, ping.length)));

            // Then
            if (taken) {
                socket.await("pong");
            } else {
                assertThat(socket.awaitClose()).isEqualTo(1009);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8191, 4401", "8192, 4401", "8193, 1009", "819200, 1009"})
    void shouldJudgeAHelloBySizeBeforeItsToken(int bytes, int code) throws Exception {
        try (var socket = RawSocket.open(edge.port())) {
            // When: the token fills the frame, so within the limit it is only a bad token
            var begin = "{\"type\":\"hello\",\"device\":\"d\",\"token\":\"";
            socket.rawUntilClosed(frame(0x81, filled(begin, bytes, "\"}")));

            // Then
            assertThat(socket.awaitClose()).isIn(bytes > 100 * 1000 ? List.of(code, 1006) : List.of(code));
        }
    }

    @ParameterizedTest
    @CsvSource({BODY - 1 + ", posted", BODY + ", posted", BODY + 1 + ", too_large", BODY * 5 + ", too_large"})
    void shouldJudgeTheBodyOfAMessageByItsBytes(int bytes, String answer) throws Exception {
        try (var socket = RawSocket.welcomed(edge, "alice", "body" + bytes)) {
            // When
            socket.text("{\"type\":\"send\",\"clientMessageId\":\"b-" + bytes + "\",\"to\":{\"user\":\"bob\"},\"body\":"
                    + new String(filled("{\"kind\":\"text\",\"text\":\"", bytes, "\"}"), StandardCharsets.UTF_8) + "}");

            // Then: the session goes on
            assertThat(socket.await(answer)).contains("\"type\":");
            socket.text("{\"type\":\"ping\"}");
            socket.await("pong");
        }
    }

    @ParameterizedTest
    @CsvSource({"65535, 400", "65536, 400", "65537, 413", "1000000, 413", "6553600, 413"})
    void shouldJudgeARequestByItsBytes(int bytes, int status) throws Exception {
        // Given: the right size is refused for its content only
        var body = filled("{\"x\":\"", bytes, "\"}");

        // Then: announced, and in chunks of unknown number
        assertThat(post("Content-Length: " + bytes, body)).satisfies(head -> refused(head, bytes, status));
        assertThat(post("Transfer-Encoding: chunked", chunked(body))).satisfies(head -> refused(head, bytes, status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/messages", "POST /nothing", "GET /", "GET /v1/ws"})
    void shouldCutTheConnectionWithoutATraceWhenChunksNeverEnd(String line) throws Exception {
        // Given
        var printed = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));

        // When
        try (var socket = new RawSocket(edge.port())) {
            socket.raw((line + " HTTP/1.1\r\nHost: localhost:" + edge.port() + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            var chunk = chunked(new byte[200_000]);
            var open = Arrays.copyOf(chunk, chunk.length - 5);
            await().until(() -> !socket.takes(open));
        } finally {
            System.setErr(before);
        }

        // Then
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** What is a hundred times too large is not read to its end, so its answer may be lost in the reset. */
    private static void refused(String head, int bytes, int status) {
        if (bytes <= JsonBody.DRAINED_BYTES || !head.isEmpty()) {
            assertThat(head).startsWith("HTTP/1.1 " + status);
        }
    }

    private static String post(String length, byte[] body) throws IOException {
        try (var socket = new RawSocket(edge.port())) {
            socket.raw(("POST /v1/messages HTTP/1.1\r\nHost: localhost:" + edge.port() + "\r\nAuthorization: Bearer "
                            + edge.token("alice") + "\r\n" + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            socket.rawUntilClosed(body);
            return socket.head();
        }
    }

    private static byte[] chunked(byte[] body) {
        var text = new StringBuilder();
        for (int at = 0; at < body.length; at += 1000) {
            int size = Math.min(1000, body.length - at);
            text.append(Integer.toHexString(size)).append("\r\n");
            text.append(new String(body, at, size, StandardCharsets.ISO_8859_1)).append("\r\n");
        }
        return text.append("0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void inPieces(RawSocket socket, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += 997) {
            var piece = new byte[Math.min(997, bytes.length - at)];
            System.arraycopy(bytes, at, piece, 0, piece.length);
            socket.rawUntilClosed(piece);
        }
    }

    private static byte[] ping(int bytes) {
        return filled("{\"type\":\"ping\",\"ref\":9,\"x\":\"", bytes, "\"}");
    }

    private static byte[] filled(String begin, int bytes, String end) {
        return (begin + "a".repeat(bytes - begin.length() - end.length()) + end).getBytes(StandardCharsets.UTF_8);
    }
}
