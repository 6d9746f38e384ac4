package io.millrace.edge.http;

import io.millrace.edge.protocol.CloseCode;
import java.nio.ByteBuffer;

/**
 * Any bytes as heads and payloads of frames: the same is told of them, at the same byte, whether they come at once or
 * in pieces. The first byte says how large the pieces are.
 */
public final class FrameHeadsFuzz {
    private static final int MAX = 300;

    private FrameHeadsFuzz() {}

    private record Verdict(CloseCode wrong, int at) {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var atOnce = scan(input, input.length);
        var inPieces = scan(input, 1 + (input[0] & 0x1f));
        if (!atOnce.equals(inPieces)) {
            throw new AssertionError(atOnce + " at once, " + inPieces + " in pieces");
        }
        if (atOnce.wrong() == null && atOnce.at() != input.length) {
            throw new AssertionError("nothing is wrong, but only " + atOnce.at() + " bytes were looked at");
        }
    }

    private static Verdict scan(byte[] input, int piece) {
        var heads = new FrameHeads();
        var bytes = ByteBuffer.wrap(input, 1, input.length - 1);
        for (int end = 1; end < input.length; ) {
            end = Math.min(input.length, end + piece);
            var wrong = heads.scan(bytes.limit(end), MAX);
            if (wrong != null) {
                return new Verdict(wrong, bytes.position());
            }
        }
        return new Verdict(null, bytes.position());
    }
}
