package io.millrace.timeline.consume;

import io.millrace.service.config.ConfigException;

/**
 * How the log is taken. Not reloadable.
 *
 * @param group consumer group; default timeline-writer
 * @param threads partitions that are written at once; default 8
 * @param batchRecords records of one poll at most; default 1000
 */
public record WriterSettings(String group, int threads, int batchRecords) {
    public WriterSettings {
        group = group == null ? "timeline-writer" : group;
        threads = threads == 0 ? 8 : threads;
        batchRecords = batchRecords == 0 ? 1000 : batchRecords;
        if (threads < 1 || batchRecords < 1) {
            throw new ConfigException("writer: threads and batchRecords are at least 1");
        }
    }

    /** For a service that says nothing about it. */
    public static WriterSettings defaults() {
        return new WriterSettings("timeline-writer", 0, 0);
    }
}
