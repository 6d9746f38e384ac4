package io.millrace.guarantees.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link over a real socket whose other end is written by hand. */
@Timeout(30)
class LinkTest {
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Reactor reactor = new Reactor("test");
    private ServerSocket server;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
        var handshake = new Handshake("localhost", "/v1/ws", "test", 0);
        reactor.execute(() -> reactor.connect(address, handshake, new Writer()));
        peer = server.accept();
        readHead();
    }

    @AfterEach
    void close() throws Exception {
        reactor.close();
        peer.close();
        server.close();
    }

    @Test
    void shouldHearTextsWhenFramesComeInPieces() throws Exception {
        // When
        write(SWITCHING.getBytes(StandardCharsets.US_ASCII));
        assertThat(next()).isEqualTo("open");
        write(new byte[] {(byte) 0x81, 3, 'o'});
        write(new byte[] {'n', 'e', (byte) 0x81, 3, 't', 'w', 'o'});

        // Then
        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("two");
    }

    @Test
    void shouldSendMaskedAndAnswerPings() throws Exception {
        // Given
        write(SWITCHING.getBytes(StandardCharsets.US_ASCII));

        // When
        write(new byte[] {(byte) 0x89, 1, 'p'});

        // Then
        var in = new DataInputStream(peer.getInputStream());
        assertThat(frame(in)).isEqualTo("1:hello");
        assertThat(frame(in)).isEqualTo("10:p");
    }

    @Test
    void shouldTellStatusAndTimeWhenItIsTurnedAway() throws Exception {
        // When
        write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));

        // Then
        assertThat(next()).isEqualTo("refused 503 5000");
    }

    @Test
    void shouldTellTheCloseCode() throws Exception {
        // Given
        write(SWITCHING.getBytes(StandardCharsets.US_ASCII));
        assertThat(next()).isEqualTo("open");

        // When
        write(new byte[] {(byte) 0x88, 2, (byte) (4508 >> 8), (byte) (4508 & 0xFF)});

        // Then
        assertThat(next()).isEqualTo("closed 4508");
    }

    @Test
    void shouldTellOfAnEndWithoutAFrame() throws Exception {
        // When
        peer.close();

        // Then
        assertThat(next()).isEqualTo("closed 1006");
    }

    private String next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    private void write(byte[] bytes) throws IOException {
        peer.getOutputStream().write(bytes);
        peer.getOutputStream().flush();
    }

    private void readHead() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) peer.getInputStream().read());
        }
        assertThat(head.toString()).startsWith("GET /v1/ws HTTP/1.1\r\n").contains("Sec-WebSocket-Protocol: test");
    }

    private static String frame(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        int length = in.readUnsignedByte();
        assertThat(length & 0x80).as("masked").isEqualTo(0x80);
        var mask = in.readNBytes(4);
        var payload = in.readNBytes(length & 0x7F);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return opcode + ":" + new String(payload, StandardCharsets.UTF_8);
    }

    /** Writes down what it hears, and says hello. */
    private final class Writer implements Link.Listener {
        @Override
        public void onOpen(Link link) {
            heard.add("open");
            link.send("hello".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onRefused(Link link, int status, long retryAfterMs) {
            heard.add("refused " + status + " " + retryAfterMs);
        }

        @Override
        public void onText(Link link, byte[] bytes, int offset, int length) {
            heard.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onClosed(Link link, int code) {
            heard.add("closed " + code);
        }
    }
}
