package io.millrace.edge.http;

import io.millrace.edge.EdgeUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client that also does what no client should. */
final class RawSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;

    RawSocket(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
        socket.setSoTimeout(15_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** A frame from the server. */
    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        @Override
        public String toString() {
            return "Frame[" + opcode + ", " + (opcode == CLOSE ? closeCode() : text()) + "]";
        }
    }

    /** The handshake as it should be. */
    static List<String> upgrade(int port) {
        return new ArrayList<>(List.of(
                "GET /v1/ws HTTP/1.1",
                "Host: localhost:" + port,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: millrace.v1.json"));
    }

    /** Sends header lines and returns the answer's head. */
    String request(List<String> lines) throws IOException {
        raw((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return head();
    }

    /** Upgraded, nothing sent. */
    static RawSocket open(int port) throws IOException {
        var socket = new RawSocket(port);
        var head = socket.request(upgrade(port));
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no upgrade: " + head);
        }
        return socket;
    }

    String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = readOrEnd();
            if (c < 0) {
                return head.toString();
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private int readOrEnd() throws IOException {
        try {
            return in.read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Whether the connection still took the bytes. */
    boolean takes(byte[] bytes) {
        try {
            raw(bytes);
            return true;
        } catch (IOException over) {
            return false;
        }
    }

    /** Sends as much as the other side takes. */
    void rawUntilClosed(byte[] bytes) {
        takes(bytes);
    }

    /** One byte; throws unchecked when the connection is over, which ends a schedule. */
    void drip(int b) {
        try {
            raw(new byte[] {(byte) b});
        } catch (IOException over) {
            throw new UncheckedIOException(over);
        }
    }

    /** Upgraded and welcomed. */
    static RawSocket welcomed(EdgeUnderTest edge, String user, String device) throws IOException {
        var socket = open(edge.port());
        socket.hello(edge.token(user), device);
        socket.await("welcome");
        return socket;
    }

    void hello(String token, String device) throws IOException {
        text("{\"type\":\"hello\",\"token\":\"" + token + "\",\"device\":\"" + device + "\",\"attempt\":1}");
    }

    void text(String text) throws IOException {
        raw(frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A POST of JSON. */
    void post(String path, String token, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        raw(("POST " + path + " HTTP/1.1\r\nHost: localhost:" + socket.getPort() + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        raw(body);
    }

    /** A masked frame. */
    static byte[] frame(int firstByte, byte[] payload) {
        var out = new ByteArrayOutputStream();
        out.write(firstByte);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.write(0x80 | 126);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        byte[] mask = {1, 2, 3, 4};
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i % 4]);
        }
        return out.toByteArray();
    }

    /** The next frame; end of the connection is a close with 1006. */
    Frame next() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            var payload = new byte[length];
            in.readFully(payload);
            return new Frame(first & 15, payload);
        } catch (EOFException | SocketException e) {
            return new Frame(
                    CLOSE, ByteBuffer.allocate(2).putShort((short) 1006).array());
        }
    }

    /** The next text frame that contains that, passing over others. */
    String await(String part) throws IOException {
        while (true) {
            var frame = next();
            if (frame.opcode() == CLOSE) {
                throw new IOException("closed with " + frame.closeCode() + " before " + part);
            }
            if (frame.opcode() == TEXT && frame.text().contains(part)) {
                return frame.text();
            }
        }
    }

    /** The code of the close frame that comes, passing over everything else. */
    int awaitClose() throws IOException {
        while (true) {
            var frame = next();
            if (frame.opcode() == CLOSE) {
                return frame.closeCode();
            }
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
