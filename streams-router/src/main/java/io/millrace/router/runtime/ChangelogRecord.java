package io.millrace.router.runtime;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of a rebuilt changelog.
 *
 * @param store name of the store
 * @param key as the store keeps it
 * @param bytes value of a store with plain bytes; null where {@code value} is given
 * @param value value of a store with Avro records; null where {@code bytes} is given
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record ChangelogRecord(
        String store,
        byte[] key,
        byte @Nullable [] bytes,
        @Nullable SpecificRecord value) {
    public static ChangelogRecord of(String store, byte[] key, SpecificRecord value) {
        return new ChangelogRecord(store, key, null, value);
    }

    public static ChangelogRecord of(String store, byte[] key, byte[] bytes) {
        return new ChangelogRecord(store, key, bytes, null);
    }
}
