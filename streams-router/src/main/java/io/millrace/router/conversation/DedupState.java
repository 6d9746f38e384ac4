package io.millrace.router.conversation;

import io.millrace.router.runtime.SectionStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First decisions by key. Store key: day of the decision (4 bytes, big-endian) and 16 bytes of SHA-256 over user,
 * conversation and clientMessageId; value: {@link DedupEntry}. Whether a key is known is decided by comparing record
 * times with the window, never by whether it was deleted; two old entries are deleted per processed record. Record times
 * are of brokers whose clocks differ: an entry may be an hour younger than who asks, and one record from far ahead
 * deletes nothing.
 */
final class DedupState {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final long SKEW_MS = Duration.ofHours(1).toMillis();
    private static final int DELETE_PER_RECORD = 2;

    private final SectionStore<byte[], byte[]> store;
    private final long windowMs;
    /** Where housekeeping goes on, so that it does not walk over its own tombstones. */
    private byte[] oldest = new byte[] {0};

    private long previousMs;

    DedupState(SectionStore<byte[], byte[]> store, Duration window) {
        this.store = store;
        this.windowMs = window.toMillis();
    }

    /** The decision of this key not longer ago than the window, seen from {@code nowMs}. */
    @Nullable
    DedupEntry find(String user, String conversation, String clientMessageId, long nowMs) {
        byte[] hash = hash(user, conversation, clientMessageId);
        for (long day = (nowMs + SKEW_MS) / DAY_MS; day >= (nowMs - windowMs) / DAY_MS; day--) {
            byte[] bytes = store.get(key(day, hash));
            if (bytes != null) {
                var entry = DedupEntry.of(bytes);
                if (nowMs - entry.at() <= windowMs) {
                    return entry;
                }
            }
        }
        return null;
    }

    void put(String user, String conversation, String clientMessageId, DedupEntry entry) {
        store.put(key(user, conversation, clientMessageId, entry), entry.toBytes());
    }

    /** Deletes up to two entries that no command can ask for any more. */
    void deleteExpired(long nowMs) {
        byte[] end = key((Math.min(nowMs, previousMs) - windowMs) / DAY_MS - 1, new byte[16]);
        previousMs = nowMs;
        List<byte[]> expired = new ArrayList<>(DELETE_PER_RECORD);
        if (Arrays.compareUnsigned(oldest, end) >= 0) {
            return;
        }
        try (var range = store.range(oldest, end)) {
            while (range.hasNext() && expired.size() < DELETE_PER_RECORD) {
                expired.add(range.next().key);
            }
        }
        for (byte[] key : expired) {
            store.delete(key);
            oldest = key;
        }
    }

    /** The key under which a store keeps this entry. */
    static byte[] key(String user, String conversation, String clientMessageId, DedupEntry entry) {
        return key(entry.at() / DAY_MS, hash(user, conversation, clientMessageId));
    }

    private static byte[] key(long day, byte[] hash) {
        return ByteBuffer.allocate(20)
                .putInt((int) Math.max(0, day))
                .put(hash, 0, 16)
                .array();
    }

    private static byte[] hash(String user, String conversation, String clientMessageId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return digest.digest(
                    (user + "\0" + conversation + "\0" + clientMessageId).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
