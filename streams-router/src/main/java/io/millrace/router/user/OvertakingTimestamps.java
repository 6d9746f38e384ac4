package io.millrace.router.user;

import io.millrace.router.runtime.ClampedTimestamps;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Lets user commands overtake a backlog of inbox records: Streams takes the smallest timestamp among a task's inputs, so
 * theirs is shifted back by ten years and the processor shifts it forth again.
 */
final class OvertakingTimestamps implements TimestampExtractor {
    static final long SHIFT_MS = Duration.ofDays(3650).toMillis();

    private final ClampedTimestamps clamped = new ClampedTimestamps();

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, clamped.extract(record, partitionTime) - SHIFT_MS);
    }

    static long shiftBack(long shifted) {
        return shifted + SHIFT_MS;
    }
}
