package io.millrace.timeline.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of one key: how many, and a hash over all of them in their order, of time, headers, key and value. Where
 * they were in several partitions there is no order, and the hash is one of the set. Not thread-safe.
 */
final class KeyChain {
    private static final int NOWHERE = -1;
    private static final int SCATTERED = -2;

    private long count;
    private long ordered;
    private long any;
    private int partition = NOWHERE;

    void add(ConsumerRecord<byte[], byte[]> record) {
        var hash = ByteBuffer.wrap(hash(record));
        count++;
        ordered = mixed(ordered * 31 + hash.getLong());
        any += hash.getLong();
        if (partition == NOWHERE) {
            partition = record.partition();
        } else if (partition != record.partition()) {
            partition = SCATTERED;
        }
    }

    long count() {
        return count;
    }

    /** Whether its records are in several partitions. */
    boolean isScattered() {
        return partition == SCATTERED;
    }

    /** Whether these are the same records, in the same order where there is one. */
    boolean isSame(KeyChain other) {
        return count == other.count
                && any == other.any
                && (isScattered() || other.isScattered() || ordered == other.ordered);
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        return mixed ^ (mixed >>> 33);
    }

    private static byte[] hash(ConsumerRecord<byte[], byte[]> record) {
        var digest = sha256();
        digest.update(
                ByteBuffer.allocate(Long.BYTES).putLong(record.timestamp()).flip());
        add(digest, record.key());
        add(digest, record.value());
        for (var header : record.headers()) {
            add(digest, header.key().getBytes(StandardCharsets.UTF_8));
            add(digest, header.value());
        }
        return digest.digest();
    }

    private static void add(MessageDigest digest, byte @Nullable [] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(bytes == null ? -1 : bytes.length)
                .flip());
        if (bytes != null) {
            digest.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
