package io.millrace.router.user;

import io.millrace.router.runtime.SectionStore;

/**
 * A task's clock: record time between signs of life, by at most 5 s per record, so that a gap in which nobody could write
 * counts for nobody. Store keys: {@code now} (milliseconds heard) and {@code last} (record time of the last sign of life).
 */
final class EdgeClock {
    private static final long MOST_PER_RECORD_MS = 5_000;

    private final SectionStore<String, Long> store;

    EdgeClock(SectionStore<String, Long> store) {
        this.store = store;
    }

    long now() {
        var now = store.get("now");
        return now == null ? 0 : now;
    }

    /** Moves on by a sign of life and returns the clock after it. */
    long advance(long recordTimeMs) {
        var last = store.get("last");
        long passed = last == null ? 0 : Math.max(0, Math.min(recordTimeMs - last, MOST_PER_RECORD_MS));
        long now = now() + passed;
        store.put("now", now);
        store.put("last", last == null ? recordTimeMs : Math.max(last, recordTimeMs));
        return now;
    }
}
