package io.millrace.client.timeline;

/** Forgets everything when the process ends. */
public final class MemoryTimelineStore implements TimelineStore {
    private Cursor cursor;
    private long attempt;

    public MemoryTimelineStore() {
        this(Cursor.NONE);
    }

    /** Begins at a cursor that was kept elsewhere. */
    public MemoryTimelineStore(Cursor cursor) {
        this.cursor = cursor;
    }

    @Override
    public synchronized Cursor load() {
        return cursor;
    }

    @Override
    public synchronized void save(Cursor next) {
        cursor = next;
    }

    /** Begins at the time of day, so that it is greater than what an earlier life of the device counted to. */
    @Override
    public synchronized long nextAttempt() {
        attempt = Math.max(attempt + 1, System.currentTimeMillis());
        return attempt;
    }
}
