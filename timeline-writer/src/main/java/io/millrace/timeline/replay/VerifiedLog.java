package io.millrace.timeline.replay;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far a whole log was found equal to a keyspace.
 *
 * @param epoch the log: its numbering, and its topics as they were made
 * @param partitions by topic and number
 */
record VerifiedLog(String keyspace, String epoch, Map<String, VerifiedPartition> partitions) {
    VerifiedLog {
        partitions = Map.copyOf(new TreeMap<>(partitions));
    }
}
