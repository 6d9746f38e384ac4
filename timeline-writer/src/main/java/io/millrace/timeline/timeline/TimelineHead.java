package io.millrace.timeline.timeline;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * How far a user's timeline is written: every row from {@code oldest} through {@code position} is there.
 *
 * @param epoch numbering that the position belongs to; empty before the first entry
 * @param position last position, 0 before the first entry
 * @param oldest first position of this numbering that can be pulled
 * @param stamp write timestamp of the entry at that position, microseconds
 * @param hash chained hash at that position; null where the entry could not be read
 * @param offset offset in the log of the record that was written last, -1 before the first
 */
public record TimelineHead(
        String epoch,
        long position,
        long oldest,
        long stamp,
        @Nullable Hash128 hash,
        long offset) {
    /** Before the first entry. */
    public static final TimelineHead NONE = new TimelineHead("", 0, 1, 0, ChainHash.NONE, -1);

    /**
     * This timeline under the numbering that is in force: if the numbering changed since its last entry, the rows of
     * the former one cannot be pulled any more.
     */
    public TimelineHead in(String currentEpoch) {
        if (epoch.equals(currentEpoch)) {
            return this;
        }
        return new TimelineHead(currentEpoch, position, position + 1, stamp, hash, offset);
    }
}
