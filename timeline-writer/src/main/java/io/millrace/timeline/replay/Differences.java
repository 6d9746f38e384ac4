package io.millrace.timeline.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that differ: how many of each table, and the first of them by name. A store that lost everything differs in every
 * row, so no more are kept than are shown. Thread-safe.
 */
final class Differences {
    private final int show;
    private final Map<String, Long> byTable = new HashMap<>();
    private final TreeMap<String, Difference> first = new TreeMap<>();
    private long count;

    /** @param show how many are kept */
    Differences(int show) {
        this.show = show;
    }

    void add(List<Difference> found) {
        for (var each : found) {
            add(each.name(), each);
        }
    }

    private synchronized void add(String name, Difference difference) {
        count++;
        byTable.merge(difference.partition().table().name(), 1L, Long::sum);
        first.put(name, difference);
        if (first.size() > show) {
            first.pollLastEntry();
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized long count(String table) {
        return byTable.getOrDefault(table, 0L);
    }

    /** By name, as many as are kept. */
    synchronized List<Difference> first() {
        return List.copyOf(first.values());
    }
}
