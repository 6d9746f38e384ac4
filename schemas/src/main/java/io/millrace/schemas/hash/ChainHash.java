package io.millrace.schemas.hash;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.TimelineEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chained hash that every event and every timeline entry carries: the first 16 bytes of SHA-256 over the
 * predecessor's hash and the record's identity. A doubled, lost or swapped number is seen at once, and verification is
 * incremental. Bodies enter through the fingerprint only, so erasing one does not break the chain. Stateless.
 */
public final class ChainHash {
    /** Predecessor of the first record of a chain: 16 zero bytes. */
    public static final Hash128 NONE = new Hash128(new byte[16]);

    private ChainHash() {}

    /** The hash event {@code e} must carry after {@code previous}; {@code e.hash} itself is not looked at. */
    public static Hash128 next(Hash128 previous, ConversationEvent e) {
        var digest = begin(previous);
        text(digest, e.getConversation());
        number(digest, e.getVersion());
        number(digest, e.getSeq());
        text(digest, e.getKind().name());
        number(digest, e.getStamp());
        text(digest, e.getFrom());
        text(digest, e.getClientMessageId());
        digest.update(e.getFingerprint().bytes());
        return end(digest);
    }

    /** The hash entry {@code e} must carry after {@code previous}; {@code e.hash} itself is not looked at. */
    public static Hash128 next(Hash128 previous, TimelineEntry e) {
        var digest = begin(previous);
        text(digest, e.getUser());
        text(digest, e.getEpoch());
        number(digest, e.getPosition());
        number(digest, e.getStamp());
        text(digest, e.getKind().name());
        text(digest, e.getConversation());
        number(digest, e.getVersion());
        number(digest, e.getSeq());
        number(digest, e.getReadSeq());
        return end(digest);
    }

    private static MessageDigest begin(Hash128 previous) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(previous.bytes());
            return digest;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static Hash128 end(MessageDigest digest) {
        return new Hash128(Arrays.copyOf(digest.digest(), 16));
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static void number(MessageDigest digest, @Nullable Long number) {
        digest.update(
                ByteBuffer.allocate(8).putLong(number == null ? -1 : number).flip());
    }
}
