package io.millrace.router.rebuild;

import io.millrace.schemas.record.TimelineEntry;
import org.apache.kafka.common.TopicPartition;

/** How much of the public topics becomes state. */
interface Extent {
    /** All that there is now. */
    Extent EVERYTHING = new Extent() {
        @Override
        public long end(TopicPartition partition) {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean takes(TimelineEntry entry) {
            return true;
        }
    };

    /** Offset behind the last record that is taken; a partition is never taken beyond its end. */
    long end(TopicPartition partition);

    /** Whether this one before the end is taken. */
    boolean takes(TimelineEntry entry);
}
