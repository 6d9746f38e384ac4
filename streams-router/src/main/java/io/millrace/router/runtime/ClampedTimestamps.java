package io.millrace.router.runtime;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Record time, kept inside the years that arithmetic can bear, whatever somebody wrote into the topic. */
public final class ClampedTimestamps implements TimestampExtractor {
    private static final long YEAR_9999 = 253_402_300_799_999L;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, Math.min(record.timestamp(), YEAR_9999));
    }
}
