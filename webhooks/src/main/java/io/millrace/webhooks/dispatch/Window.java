package io.millrace.webhooks.dispatch;

import java.util.TreeMap;

/**
 * One partition between what was answered and what was read: the offsets of events that are not finished, and of those
 * behind them that are. Not thread-safe.
 */
final class Window {
    /** Offset of an event, and whether it is finished. */
    private final TreeMap<Long, Boolean> events = new TreeMap<>();

    private long next;

    /** @param next the first offset that will be read */
    Window(long next) {
        this.next = next;
    }

    void begin(long offset) {
        events.put(offset, false);
    }

    void finish(long offset) {
        events.put(offset, true);
        while (!events.isEmpty() && events.firstEntry().getValue()) {
            events.pollFirstEntry();
        }
    }

    /** Everything before this offset was read. */
    void read(long before) {
        next = before;
    }

    /** The offset before which nothing waits. */
    long committable() {
        return events.isEmpty() ? next : events.firstKey();
    }

    /** How many events would be sent again if the process died now. */
    int size() {
        return events.size();
    }
}
