package io.millrace.timeline.consume;

import io.millrace.service.config.ConfigException;
import java.time.Duration;

/**
 * How the log is taken. Not reloadable.
 *
 * @param group consumer group; default timeline-writer
 * @param threads partitions that are written at once; default 8
 * @param batchRecords records of one poll at most; default 1000
 * @param settling how long a store may forget what it has acknowledged, which is the sync period of its commit log:
 *     offsets are committed so far behind, by time in which it answered, and when a node was away so much is written
 *     again; default 10 s
 */
public record WriterSettings(String group, int threads, int batchRecords, Duration settling) {
    public WriterSettings {
        group = group == null ? "timeline-writer" : group;
        threads = threads == 0 ? 8 : threads;
        batchRecords = batchRecords == 0 ? 1000 : batchRecords;
        settling = settling == null ? Duration.ofSeconds(10) : settling;
        if (settling.isNegative() || settling.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigException("writer: settling is between 0s and 1h");
        }
        if (threads < 1 || batchRecords < 1) {
            throw new ConfigException("writer: threads and batchRecords are at least 1");
        }
    }

    /** For a service that says nothing about it. */
    public static WriterSettings defaults() {
        return new WriterSettings("timeline-writer", 0, 0, Duration.ofSeconds(10));
    }
}
