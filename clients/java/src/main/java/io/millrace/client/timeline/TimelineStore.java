package io.millrace.client.timeline;

import org.jspecify.annotations.Nullable;

/**
 * What one device remembers of its timeline over a restart. The cursor is saved after the listener has seen an entry, so
 * a crash in between shows that entry again and never loses one. Called on the client's loop only.
 */
public interface TimelineStore {
    /** The cursor saved last; {@link Cursor#NONE} on a new device. */
    Cursor load();

    /** Returns when the cursor is stored. */
    void save(Cursor cursor);

    /**
     * A number greater than every one before, also before a restart: it tells the server which of two sessions of this
     * device is the newer one.
     */
    long nextAttempt();

    /**
     * @param epoch names the numbering; null before the first contact
     * @param position everything through here has been seen; 0 for nothing
     */
    record Cursor(@Nullable String epoch, long position) {
        public static final Cursor NONE = new Cursor(null, 0);
    }
}
