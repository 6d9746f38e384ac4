package io.millrace.router.conversation;

import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Hash128;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first decision of a key, 42 bytes: fingerprint (16), code ordinal (1), unchanged (1), seq (8, 0 none),
 * version (8, 0 none), at (8, milliseconds). The message's id is a function of conversation, seq and at.
 */
record DedupEntry(Hash128 fingerprint, DecisionCode code, boolean unchanged, long seq, long version, long at) {
    private static final int SIZE = 42;
    private static final DecisionCode[] CODES = DecisionCode.values();

    @SuppressWarnings("EnumOrdinal") // the schema only ever appends symbols, so an ordinal keeps its meaning
    byte[] toBytes() {
        return ByteBuffer.allocate(SIZE)
                .put(fingerprint.bytes())
                .put((byte) code.ordinal())
                .put((byte) (unchanged ? 1 : 0))
                .putLong(seq)
                .putLong(version)
                .putLong(at)
                .array();
    }

    @SuppressWarnings("EnumOrdinal") // see toBytes
    static DedupEntry of(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes, 16, SIZE - 16);
        return new DedupEntry(
                new Hash128(Arrays.copyOf(bytes, 16)),
                CODES[in.get()],
                in.get() == 1,
                in.getLong(),
                in.getLong(),
                in.getLong());
    }
}
