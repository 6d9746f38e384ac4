package io.millrace.client.timeline;

import io.millrace.client.timeline.TimelineStore.Cursor;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges pushed and pulled entries into one log: each entry leaves once, in order of position, without a hole, whatever is
 * lost, doubled or reordered on the way in.
 *
 * <pre>
 *   position ──▶ everything through here is out and stored
 *   held     ──▶ pushed early, waits for the gap before it
 *   known    ──▶ last position this device has heard of; position &lt; known means: pull
 * </pre>
 *
 * What is held is bounded: the farthest entries are dropped first, since pulling brings them again. Confined to the loop.
 */
public final class Timeline {
    private final TimelineStore store;
    private final Consumer<Entry> out;
    private final int maxHeld;
    private final TreeMap<Long, Entry> held = new TreeMap<>();

    private @Nullable String epoch;
    private long position;
    private long known;
    /** The session counts in another epoch than this device: its pushes belong to a log that begins with a snapshot. */
    private boolean foreign;

    /** Pushed to the present session: the last position, the contiguous end, and what lies beyond a hole in between. */
    private long pushed;

    private long taken;
    private final TreeSet<Long> takenEarly = new TreeSet<>();

    public Timeline(TimelineStore store, Consumer<Entry> out, int maxHeld) {
        this.store = store;
        this.out = out;
        this.maxHeld = maxHeld;
        Cursor cursor = store.load();
        this.epoch = cursor.epoch();
        this.position = cursor.position();
        this.known = position;
    }

    /** Last position that is out and stored. */
    public long position() {
        return position;
    }

    /** Numbering of {@link #position()}; null before the first contact. */
    public @Nullable String epoch() {
        return epoch;
    }

    /** The last position this device has heard of. */
    public long known() {
        return known;
    }

    public boolean behind() {
        return position < known;
    }

    /** Everything pushed to the present session through here has been taken over; never beyond what was pushed. */
    public long taken() {
        return Math.min(pushed, taken);
    }

    /**
     * A session has begun: positions beyond {@code head} are pushed to it.
     *
     * @return false if the session counts in another epoch than this device, which has to take a snapshot then
     */
    public boolean onSession(String sessionEpoch, long head) {
        pushed = head;
        taken = head;
        takenEarly.clear();
        if (position == 0) {
            epoch = sessionEpoch;
        }
        foreign = !sessionEpoch.equals(epoch);
        if (foreign) {
            held.clear();
            return false;
        }
        known = Math.max(known, head);
        return true;
    }

    /** The server told the last position. */
    public void onHead(long head) {
        if (!foreign) {
            known = Math.max(known, head);
        }
    }

    /** Entries of the present session, in whatever order they came. */
    public void onPushed(List<Entry> entries) {
        long before = position;
        for (Entry entry : entries) {
            long at = entry.position();
            pushed = Math.max(pushed, at);
            if (at > taken) {
                takenEarly.add(at);
            }
            if (!foreign) {
                known = Math.max(known, at);
            }
            if (!foreign && at > position) {
                held.put(at, entry);
            }
        }
        release();
        while (takenEarly.remove(taken + 1)) {
            taken++;
        }
        trim();
        saveIfMoved(before);
    }

    /** A page that was asked for with {@code after} = {@link #position()} at that time. */
    public void onPage(PullAnswer.Page page) {
        long before = position;
        epoch = page.epoch();
        known = Math.max(known, page.head());
        for (Entry entry : page.entries()) {
            if (entry.position() > position) {
                held.put(entry.position(), entry);
            }
        }
        release();
        trim();
        saveIfMoved(before);
    }

    /** Goes on after a snapshot, in whichever direction. */
    public void onSnapshot(String snapshotEpoch, long snapshotPosition, long sessionHead) {
        if (!snapshotEpoch.equals(epoch)) {
            held.clear();
        }
        epoch = snapshotEpoch;
        position = snapshotPosition;
        foreign = false;
        known = Math.max(snapshotPosition, Math.max(sessionHead, pushed));
        held.headMap(position, true).clear();
        release();
        store.save(new Cursor(epoch, position));
    }

    private void release() {
        Entry next = held.remove(position + 1);
        while (next != null) {
            out.accept(next);
            position = next.position();
            next = held.remove(position + 1);
        }
        if (!foreign && position > taken) {
            taken = position;
            takenEarly.headSet(taken, true).clear();
        }
    }

    private void trim() {
        while (held.size() > maxHeld) {
            held.pollLastEntry();
        }
        while (takenEarly.size() > maxHeld) {
            takenEarly.pollLast();
        }
    }

    private void saveIfMoved(long before) {
        if (position != before) {
            store.save(new Cursor(epoch, position));
        }
    }
}
