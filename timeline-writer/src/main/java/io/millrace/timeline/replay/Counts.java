package io.millrace.timeline.replay;

import java.util.Map;
import java.util.TreeMap;

/** What was compared. Thread-safe. */
final class Counts {
    private final Map<String, long[]> tables = new TreeMap<>();
    private long records;
    private int moving;

    synchronized void records(long more) {
        records += more;
    }

    synchronized void moving(int more) {
        moving += more;
    }

    /** @param rows that follow from the log */
    synchronized void partition(String table, int rows) {
        var counts = tables.computeIfAbsent(table, t -> new long[2]);
        counts[0]++;
        counts[1] += rows;
    }

    synchronized long partitions(String table) {
        return tables.getOrDefault(table, new long[2])[0];
    }

    synchronized long rows(String table) {
        return tables.getOrDefault(table, new long[2])[1];
    }

    synchronized long rows() {
        return tables.values().stream().mapToLong(counts -> counts[1]).sum();
    }

    synchronized long records() {
        return records;
    }

    /** Rows that changed whenever they were looked at. */
    synchronized int moving() {
        return moving;
    }
}
