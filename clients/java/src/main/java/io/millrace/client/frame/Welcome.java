package io.millrace.client.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * The server's answer to {@code hello}.
 *
 * @param head every entry beyond this position is pushed to this session
 * @param nowMs the server's time, epoch milliseconds
 * @param heartbeatMs the longest a client may be silent
 */
public record Welcome(
        String session,
        String user,
        String device,
        String epoch,
        long head,
        long nowMs,
        long tokenExpiresAtMs,
        long heartbeatMs,
        int maxFrameBytes,
        int maxBodyBytes,
        int sendsPerSecond) {

    /** @throws MalformedFrameException if a field that a session needs is missing */
    public static Welcome read(JsonNode frame) {
        JsonNode limits = frame.has("limits") ? frame.get("limits") : MissingNode.getInstance();
        return new Welcome(
                Json.text(frame, "session"),
                Json.text(frame, "user"),
                Json.text(frame, "device"),
                Json.text(frame, "epoch"),
                Json.number(frame, "head"),
                Json.number(frame, "now"),
                Json.number(frame, "tokenExpiresAt"),
                Json.number(frame, "heartbeatSeconds", 30) * 1000,
                (int) Json.number(limits, "maxFrameBytes", 65_536),
                (int) Json.number(limits, "maxBodyBytes", 12_288),
                (int) Json.number(limits, "sendsPerSecond", 50));
    }
}
