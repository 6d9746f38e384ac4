package io.millrace.guarantees.load.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is asked of the server for an upgrade.
 *
 * @param receiveBytes size of the socket's receive buffer, 0 for the system's choice
 */
public record Handshake(String host, String path, String subprotocol, int receiveBytes) {
    private static final int KEY_BYTES = 16;

    byte[] request() {
        var key = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(key);
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        + Base64.getEncoder().encodeToString(key) + "\r\nSec-WebSocket-Protocol: " + subprotocol
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The answer's head. */
    record Answer(int status, long retryAfterMs) {
        static Answer of(String head) {
            var lines = head.split("\r\n", -1);
            var words = lines[0].split(" ", -1);
            int status = words.length > 1 ? number(words[1]) : 0;
            long retryAfterMs = 0;
            for (var line : lines) {
                if (line.toLowerCase(Locale.ROOT).startsWith("retry-after:")) {
                    retryAfterMs =
                            1000L * number(line.substring(line.indexOf(':') + 1).strip());
                }
            }
            return new Answer(status, retryAfterMs);
        }

        private static int number(String text) {
            return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        }
    }
}
