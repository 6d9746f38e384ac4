package io.millrace.timeline.timeline;

import io.millrace.schemas.record.Hash128;
import io.millrace.timeline.conversation.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a timeline as it is stored: numbers and small facts.
 *
 * @param stamp write timestamp, microseconds; 0 in a row that was read
 * @param conversation null only in an unreadable entry
 * @param version null in an entry of kind read or settings
 * @param atMs milliseconds since the epoch
 * @param counts null where they were not kept yet
 * @param settings of an entry of kind settings; null in others
 * @param hidden a message whose author the user had blocked
 */
public record TimelineRow(
        String user,
        String epoch,
        long position,
        long stamp,
        RowKind kind,
        @Nullable String conversation,
        @Nullable Long version,
        @Nullable Long seq,
        @Nullable String from,
        @Nullable String device,
        @Nullable String clientMessageId,
        long atMs,
        long readSeq,
        @Nullable Hash128 hash,
        @Nullable Counts counts,
        @Nullable KeptSettings settings,
        boolean hidden) {}
