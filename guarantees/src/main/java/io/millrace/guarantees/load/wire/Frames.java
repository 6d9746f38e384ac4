package io.millrace.guarantees.load.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** Frames of RFC 6455: those of a client are masked, those of a server are not. */
final class Frames {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int HEAD = 14;

    private Frames() {}

    static ByteBuffer masked(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + HEAD);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < SHORT) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (MASKED | SHORT)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | LONG)).putLong(payload.length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (mask >>> (8 * (3 - i % 4)))));
        }
        return frame.flip();
    }

    /** Takes frames off the buffer, as many as are whole; false if it is none that a server may send here. */
    static boolean take(ByteBuffer from, Taker taker) {
        while (from.remaining() >= 2) {
            from.mark();
            int first = from.get() & 0xFF;
            long length = from.get() & 0xFF;
            int more = length == SHORT ? 2 : length == LONG ? 8 : 0;
            if ((first & FINAL) == 0 || length > LONG) {
                return false;
            }
            if (from.remaining() < more) {
                from.reset();
                return true;
            }
            if (more > 0) {
                length = more == 2 ? from.getShort() & 0xFFFF : from.getLong();
            }
            if (length > from.capacity()) {
                return false;
            }
            if (from.remaining() < length) {
                from.reset();
                return true;
            }
            int end = from.position() + (int) length;
            taker.onFrame(first & 0x0F, from.array(), from.arrayOffset() + from.position(), (int) length);
            from.position(end);
        }
        return true;
    }

    /** Sees one frame; the bytes are lent. */
    interface Taker {
        void onFrame(int opcode, byte[] bytes, int offset, int length);
    }
}
