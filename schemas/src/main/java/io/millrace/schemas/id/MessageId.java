package io.millrace.schemas.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A message's global id: a ULID (48 bits of time, 80 bits that are a function of conversation and seq). */
public record MessageId(String value) {
    /** The id of message {@code seq}; the same input gives the same id, so a replay gives the same ids. */
    public static MessageId of(ConversationId conversation, long seq, long atMs) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((conversation + "#" + seq).getBytes(StandardCharsets.UTF_8));
            var bytes = ByteBuffer.allocate(16).putLong(atMs << 16);
            bytes.position(6).put(hash, 0, 10);
            return new MessageId(Crockford32.encode(bytes.array()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
