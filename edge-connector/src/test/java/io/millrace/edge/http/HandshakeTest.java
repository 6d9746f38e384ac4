package io.millrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.EdgeUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand before a WebSocket. */
@Timeout(60)
class HandshakeTest {
    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() {
        edge = EdgeUnderTest.start();
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void shouldUpgradeWhenTheHandshakeIsRight() throws Exception {
        // When
        var head = answer(lines -> lines);

        // Then
        assertThat(head).startsWith("HTTP/1.1 101").contains("Sec-WebSocket-Protocol: millrace.v1.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost", "https://localhost:1"})
    void shouldRefuseWhenTheOriginIsForeign(String origin) throws Exception {
        // When
        var head = answer(with("Origin: " + origin));

        // Then
        assertThat(head).startsWith("HTTP/1.1 403").contains("application/problem+json");
    }

    @Test
    void shouldUpgradeWhenTheOriginIsItsOwn() throws Exception {
        assertThat(answer(with("Origin: http://localhost:" + edge.port()))).startsWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "12", "0", "x", "13, 8"})
    void shouldAskForVersion13WhenTheVersionIsAnother(String version) throws Exception {
        // When
        var head = answer(replacing("Sec-WebSocket-Version:", "Sec-WebSocket-Version: " + version));

        // Then
        assertThat(head).startsWith("HTTP/1.1 426").contains("Sec-WebSocket-Version: 13");
    }

    @Test
    void shouldAskForVersion13WhenThereIsNoVersion() throws Exception {
        assertThat(answer(replacing("Sec-WebSocket-Version:", null))).startsWith("HTTP/1.1 426");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "not base 64!", ""})
    void shouldRefuseWhenTheKeyIsNot16Bytes(String key) throws Exception {
        assertThat(answer(replacing("Sec-WebSocket-Key:", "Sec-WebSocket-Key: " + key)))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void shouldRefuseWhenThereIsNoKey() throws Exception {
        assertThat(answer(replacing("Sec-WebSocket-Key:", null))).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @CsvSource({"POST /v1/ws HTTP/1.1", "GET /v1/ws HTTP/1.0"})
    void shouldRefuseWhenItIsNoGetByHttp11(String line) throws Exception {
        assertThat(answer(replacing("GET ", line))).contains(" 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?token=abc", "?access_token=abc", "?Token=abc"})
    void shouldRefuseWhenTheTokenIsInTheUrl(String query) throws Exception {
        assertThat(answer(replacing("GET ", "GET /v1/ws" + query + " HTTP/1.1")))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void shouldRefuseWhenTheSubprotocolIsUnknownOrMissing() throws Exception {
        assertThat(answer(replacing("Sec-WebSocket-Protocol:", "Sec-WebSocket-Protocol: chat")))
                .startsWith("HTTP/1.1 400");
        assertThat(answer(replacing("Sec-WebSocket-Protocol:", null))).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost", "127.0.0.1:1"})
    void shouldRefuseWhenTheHostIsNotOurs(String host) throws Exception {
        assertThat(answer(replacing("Host:", "Host: " + host))).startsWith("HTTP/1.1 421");
    }

    @Test
    void shouldNotNegotiateCompressionWhenOffered() throws Exception {
        // When
        var head = answer(with("Sec-WebSocket-Extensions: permessage-deflate"));

        // Then
        assertThat(head).startsWith("HTTP/1.1 101").doesNotContain("Sec-WebSocket-Extensions");
    }

    @Test
    void shouldRefuseWhenHeadersAreTooManyOrTooLarge() throws Exception {
        // Given
        var many = new ArrayList<String>();
        for (int i = 0; i < 500; i++) {
            many.add("X-" + i + ": 1");
        }

        // Then
        assertThat(answer(with(many.toArray(String[]::new)))).startsWith("HTTP/1.1 400");
        assertThat(answer(with("X: " + "a".repeat(20_000)))).startsWith("HTTP/1.1 400");
        assertThat(answer(replacing("GET ", "GET /v1/ws?" + "a=1&".repeat(2000) + " HTTP/1.1")))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Host : localhost",
                "Host: other",
                "X: a\nContent-Length: 5",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Content-Length: -1",
                "Content-Length: 1x",
                "Transfer-Encoding: xchunked"
            })
    void shouldRefuseWhenTheRequestCouldBeSmuggled(String header) throws Exception {
        assertThat(answer(with(header))).startsWith("HTTP/1.1 400");
    }

    /** A folded line means what it means with one space (RFC 9112, 5.2), so it hides nothing. */
    @Test
    void shouldJudgeTheWholeValueWhenALineIsFolded() throws Exception {
        assertThat(answer(with("Origin: http://localhost:" + edge.port() + "\r\n .evil.example")))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void shouldTakeFramesThatWereSentWithTheHandshake() throws Exception {
        try (var socket = new RawSocket(edge.port())) {
            // Given
            var head = String.join("\r\n", RawSocket.upgrade(edge.port())) + "\r\n\r\n";
            var hello = "{\"type\":\"hello\",\"token\":\"" + edge.token("alice") + "\",\"device\":\"d1\"}";
            var frame = RawSocket.frame(0x81, hello.getBytes(StandardCharsets.UTF_8));
            var both = new byte[head.length() + frame.length];
            System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, both, 0, head.length());
            System.arraycopy(frame, 0, both, head.length(), frame.length);

            // When
            socket.raw(both);

            // Then
            assertThat(socket.head()).startsWith("HTTP/1.1 101");
            assertThat(socket.await("welcome")).contains("\"user\":\"alice\"");
        }
    }

    @Test
    void shouldCloseWhenTheRequestIsDrippedOrNeverComes() throws Exception {
        var dripping = Executors.newSingleThreadScheduledExecutor();
        try (var silent = new RawSocket(edge.port());
                var half = new RawSocket(edge.port());
                var dripped = new RawSocket(edge.port())) {
            // When
            long began = System.nanoTime();
            half.raw("GET /v1/ws HT".getBytes(StandardCharsets.ISO_8859_1));
            dripped.raw("GET /v1/ws HTTP/1.1\r\nX: ".getBytes(StandardCharsets.ISO_8859_1));
            dripping.scheduleAtFixedRate(() -> dripped.drip('a'), 1, 1, TimeUnit.SECONDS);

            // Then: nothing is answered, and bytes that come one by one give no more time
            assertThat(half.head()).isEmpty();
            assertThat(dripped.head()).isEmpty();
            assertThat(silent.head()).isEmpty();
            assertThat(began).satisfies(b -> assertThat(Duration.ofNanos(System.nanoTime() - b))
                    .isLessThan(Duration.ofSeconds(14)));
        } finally {
            dripping.shutdownNow();
        }
    }

    @Test
    void shouldRefuseWhenTheHeadHasAMebibyte() throws Exception {
        try (var socket = new RawSocket(edge.port())) {
            // When
            socket.rawUntilClosed(("GET /v1/ws HTTP/1.1\r\nHost: localhost:" + edge.port()
                            + "\r\nAuthorization: Bearer " + "a".repeat(1 << 20) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));

            // Then: the answer may be lost in the reset that ends such a request
            assertThat(socket.head()).satisfiesAnyOf(h -> assertThat(h).isEmpty(), h -> assertThat(h)
                    .startsWith("HTTP/1.1 400"));
        }
    }

    /** HTTP/2 is off, and TLS ends before the edge. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a000000040000000000", // HTTP/2 preface and SETTINGS
                "16030100 2f0100002b0301" // the begin of a TLS 1.0 handshake
            })
    void shouldAnswerNothingButARefusalWhenTheBytesAreNoHttp11(String hex) throws Exception {
        try (var socket = new RawSocket(edge.port())) {
            // When
            socket.raw(HexFormat.of().parseHex(hex.replace(" ", "")));

            // Then
            assertThat(socket.head()).doesNotContain(" 200", " 101");
        }
    }

    @Test
    void shouldStayWithHttp11WhenHttp2IsOffered() throws Exception {
        try (var socket = new RawSocket(edge.port())) {
            assertThat(socket.request(List.of(
                            "GET / HTTP/1.1",
                            "Host: localhost:" + edge.port(),
                            "Connection: Upgrade, HTTP2-Settings, close",
                            "Upgrade: h2c",
                            "HTTP2-Settings: AAMAAABkAAQAAP__")))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void shouldRefuseWhenDraining() throws Exception {
        // Given
        edge.server.open(false);

        // When
        var head = answer(lines -> lines);

        // Then
        edge.server.open(true);
        assertThat(head).startsWith("HTTP/1.1 503").contains("Retry-After: 2");
    }

    private static String answer(UnaryOperator<List<String>> change) throws Exception {
        try (var socket = new RawSocket(edge.port())) {
            return socket.request(change.apply(RawSocket.upgrade(edge.port())));
        }
    }

    private static UnaryOperator<List<String>> with(String... more) {
        return lines -> {
            lines.addAll(List.of(more));
            return lines;
        };
    }

    private static UnaryOperator<List<String>> replacing(String start, String line) {
        return lines -> {
            lines.replaceAll(old -> old.startsWith(start) ? line == null ? "" : line : old);
            lines.removeIf(String::isEmpty);
            return lines;
        };
    }
}
