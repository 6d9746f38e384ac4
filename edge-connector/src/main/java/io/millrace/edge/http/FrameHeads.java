package io.millrace.edge.http;

import io.millrace.edge.protocol.CloseCode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of frames as their bytes come, in pieces of any size, and tells at the head what is not to go on: a
 * frame that is not masked, a length with its top bit set, and a frame larger than allowed. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, 5.2</a>
 */
final class FrameHeads {
    private static final int MASK_KEY_BYTES = 4;

    /** Bytes of the head that are still to come before the next thing is known. */
    private enum Part {
        OPCODE,
        LENGTH,
        EXTENDED_LENGTH,
        REST
    }

    private Part part = Part.OPCODE;
    /** Of the extended length, then of key and payload. */
    private long left;

    private long length;
    private int lengthBytes;

    /**
     * Goes over the bytes, and stops behind the one that shows that a frame is wrong.
     *
     * @return why the connection is to be closed, or null if nothing is wrong
     */
    @Nullable
    CloseCode scan(ByteBuffer bytes, int maxFrameBytes) {
        while (bytes.hasRemaining()) {
            if (part == Part.REST) {
                skip(bytes);
            } else {
                var wrong = head(bytes.get() & 0xff, maxFrameBytes);
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private void skip(ByteBuffer bytes) {
        int here = (int) Math.min(left, bytes.remaining());
        bytes.position(bytes.position() + here);
        left -= here;
        if (left == 0) {
            part = Part.OPCODE;
        }
    }

    private @Nullable CloseCode head(int next, int maxFrameBytes) {
        switch (part) {
            case OPCODE -> part = Part.LENGTH;
            case LENGTH -> {
                if ((next & 0x80) == 0) {
                    return CloseCode.PROTOCOL_ERROR;
                }
                return announced(next & 0x7f, maxFrameBytes);
            }
            case EXTENDED_LENGTH -> {
                if (left == lengthBytes && lengthBytes == 8 && (next & 0x80) != 0) {
                    return CloseCode.PROTOCOL_ERROR;
                }
                length = length << 8 | next;
                left--;
                if (left == 0) {
                    return payload(length, maxFrameBytes);
                }
            }
            case REST -> throw new IllegalStateException("the rest is skipped");
        }
        return null;
    }

    private @Nullable CloseCode announced(int seven, int maxFrameBytes) {
        if (seven < 126) {
            return payload(seven, maxFrameBytes);
        }
        lengthBytes = seven == 126 ? 2 : 8;
        left = lengthBytes;
        length = 0;
        part = Part.EXTENDED_LENGTH;
        return null;
    }

    private @Nullable CloseCode payload(long bytes, int maxFrameBytes) {
        left = MASK_KEY_BYTES + bytes;
        part = Part.REST;
        return bytes > maxFrameBytes ? CloseCode.TOO_LARGE : null;
    }
}
