package io.millrace.timeline.timeline;

import io.millrace.schemas.record.TimelineEntry;
import org.jspecify.annotations.Nullable;

/**
 * A record of timeline-entries as it was read.
 *
 * @param offset its offset in the partition
 * @param atMs its record time, milliseconds since the epoch
 * @param entry null if it could not be decoded
 */
public record LoggedEntry(long offset, long atMs, @Nullable TimelineEntry entry) {}
