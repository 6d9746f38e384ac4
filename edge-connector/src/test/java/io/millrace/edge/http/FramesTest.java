package io.millrace.edge.http;

import static io.millrace.edge.http.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.EdgeUnderTest;
import io.millrace.edge.session.SessionLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that no client should send, on real sockets. */
@Timeout(60)
class FramesTest {
    private static EdgeUnderTest edge;

    @BeforeAll
    static void start() {
        edge = EdgeUnderTest.start(limits());
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    /** Patience of seconds where it would be half a minute. */
    static SessionLimits limits() {
        var none = Duration.ZERO;
        return new SessionLimits(
                0,
                0,
                0,
                0,
                50,
                0,
                0,
                0,
                0,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                none,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                none,
                none);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8102 6869", // unmasked text
                "8100", // unmasked empty text
                "8900", // unmasked ping
                "8a00", // unmasked pong
                "8802 03e8", // unmasked close
                "81ff ffffffffffffffff 01020304", // length with its top bit set
                "c182 01020304 6969", // reserved bit
                "a182 01020304 6969", // reserved bit
                "9182 01020304 6969", // reserved bit
                "8382 01020304 6969", // opcode 3
                "8782 01020304 6969", // opcode 7
                "8b82 01020304 6969", // opcode 11
                "8f82 01020304 6969", // opcode 15
                "0982 01020304 6969", // fragmented ping
                "89fe 007e 01020304", // ping of 126 bytes
                "8881 01020304 02", // close with half a code
                "8081 01020304 69" // continuation of nothing
            })
    void shouldCloseAsProtocolErrorWhenAFrameBreaksRfc6455(String hex) throws Exception {
        try (var socket = welcomed("alice", "p" + hex.substring(0, 4))) {
            // When
            socket.raw(HexFormat.of().parseHex(hex.replace(" ", "")));

            // Then
            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 5000})
    void shouldCloseAsProtocolErrorWhenACloseCodeIsInvalid(int code) throws Exception {
        try (var socket = welcomed("alice", "c" + code)) {
            // When
            socket.raw(frame(0x88, new byte[] {(byte) (code >> 8), (byte) code}));

            // Then
            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void shouldCloseAsUnsupportedWhenAMessageIsBinary() throws Exception {
        try (var socket = welcomed("alice", "binary")) {
            // When
            socket.raw(frame(0x82, new byte[] {1, 2, 3}));

            // Then
            assertThat(socket.awaitClose()).isEqualTo(1003);
        }
    }

    @Test
    void shouldCloseWith1007WhenTextIsNoUtf8() throws Exception {
        try (var socket = welcomed("alice", "utf8")) {
            // When: the bad sequence is split over two fragments
            socket.raw(frame(0x01, new byte[] {(byte) 0xe4}));
            socket.raw(frame(0x80, new byte[] {(byte) 0x20, (byte) 0x20}));

            // Then
            assertThat(socket.awaitClose()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"81ff 0000000000010001 01020304", "81ff 0000010000000000 01020304", "01ff 7fffffffffffffff"})
    void shouldCloseAsTooLargeWhenTooMuchIsAnnounced(String hex) throws Exception {
        try (var socket = welcomed("alice", "announced")) {
            // When: nothing but the head is sent
            socket.raw(HexFormat.of().parseHex(hex.replace(" ", "")));

            // Then
            assertThat(socket.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void shouldCloseWhenAnAnnouncedFrameNeverComes() throws Exception {
        try (var socket = welcomed("alice", "never")) {
            // When: 65536 bytes are announced
            socket.raw(HexFormat.of().parseHex("81ff000000000001000001020304"));

            // Then
            assertThat(socket.awaitClose()).isEqualTo(4408);
        }
    }

    @Test
    void shouldCloseWhenAFrameIsDripped() throws Exception {
        try (var socket = welcomed("alice", "drip")) {
            // When
            var frame = frame(0x81, "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
            var bytes = new AtomicInteger();
            var dripping = Executors.newSingleThreadScheduledExecutor();
            dripping.scheduleAtFixedRate(
                    () -> {
                        try {
                            socket.raw(new byte[] {frame[bytes.getAndIncrement()]});
                        } catch (IOException closed) {
                            throw new UncheckedIOException(closed);
                        }
                    },
                    0,
                    500,
                    TimeUnit.MILLISECONDS);

            // Then: the deadline per message ends it, though every byte renews the idle timer
            assertThat(socket.awaitClose()).isEqualTo(4408);
            dripping.shutdownNow();
        }
    }

    @Test
    void shouldCloseWhenAMessageHasEndlessEmptyFragments() throws Exception {
        try (var socket = welcomed("alice", "fragments")) {
            // When
            socket.raw(frame(0x01, new byte[0]));
            int code = flood(socket, frame(0x00, new byte[0]), 2000);

            // Then
            assertThat(code).isIn(1009, 4429);
        }
    }

    @Test
    void shouldCloseWhenPingsOrPongsFlood() throws Exception {
        try (var pinging = welcomed("alice", "pings");
                var ponging = welcomed("alice", "pongs")) {
            // Then
            assertThat(flood(pinging, frame(0x89, new byte[0]), 2000)).isIn(1008, 4429);
            assertThat(flood(ponging, frame(0x8a, new byte[0]), 2000)).isEqualTo(4429);
        }
    }

    @Test
    void shouldIgnoreDataAfterClose() throws Exception {
        try (var socket = welcomed("alice", "after")) {
            // When
            socket.raw(frame(0x88, new byte[] {3, (byte) 0xe8}));
            assertThat(socket.awaitClose()).isEqualTo(1000);
            socket.raw(frame(0x81, "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8)));

            // Then
            assertThat(socket.next().closeCode()).isEqualTo(1006);
        }
    }

    @Test
    void shouldForgetTheSessionWhenTheConnectionIsResetOrHalfClosed() throws Exception {
        // Given
        try (var reset = welcomed("carol", "reset");
                var half = welcomed("carol", "half")) {
            // When
            reset.raw(HexFormat.of().parseHex("8185"));
            reset.reset();
            half.halfClose();

            // Then
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> edge.sessions.all().stream().noneMatch(s -> "carol".equals(s.user())));
        }
    }

    @Test
    void shouldHoldNothingOfAThousandConnectionsThatWereReset() throws Exception {
        // When: in the middle of a frame, before and after the hello
        for (int i = 0; i < 1000; i++) {
            try (var socket = RawSocket.open(edge.port())) {
                if (i % 2 == 0) {
                    hello(socket, "heidi", "d" + i % 8);
                }
                socket.raw(HexFormat.of().parseHex("81fe1000010203"));
                socket.reset();
            }
        }

        // Then
        await().atMost(Duration.ofSeconds(10))
                .until(() -> edge.sessions.all().stream().noneMatch(s -> "heidi".equals(s.user())));
        await().atMost(Duration.ofSeconds(10)).until(() -> edge.sessions.size() < 20);
    }

    private static int flood(RawSocket socket, byte[] frame, int times) throws IOException {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame);
        }
        try {
            socket.raw(all.toByteArray());
        } catch (IOException closedMeanwhile) {
            // what was sent until then is enough
        }
        return socket.awaitClose();
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
