package io.millrace.edge.session;

import io.millrace.edge.protocol.EntryFrames.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries were pushed to a session and not acknowledged. An entry that waits too long is sent once more; when it
 * then waits as long again and no acknowledgement came meanwhile, the session is given up. Only entries pushed to this
 * session count, so a device that is busy pulling is left alone as long as it acknowledges what it is pushed. Keeps a
 * bounded number of bytes for sending again; what is beyond is only announced. Guarded by its session.
 */
final class AckWindow {
    private static final int RETAINED_BYTES = 256 * 1024;

    private final long withinNanos;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long pushed;
    private long acknowledged;
    private long progressNanos;
    private int retained;

    AckWindow(long withinNanos) {
        this.withinNanos = withinNanos;
    }

    /** What is to be done about entries that wait. */
    sealed interface Verdict {
        /** Nothing. */
        record Patience() implements Verdict {}

        /** Send these once more; {@code head} is set if there are some that are not kept any more. */
        record Again(List<Entry> entries, @Nullable Long head) implements Verdict {}

        /** The device does not take over what it is pushed. */
        record GiveUp() implements Verdict {}
    }

    /**
     * Whether the device is late: it was sent entries again and has not acknowledged them yet, or so much waits that the
     * last entries are not even kept.
     */
    boolean isBehind() {
        var oldest = waiting.peekFirst();
        return oldest != null && (oldest.again || waiting.getLast().entry == null);
    }

    /** The session was registered at this head: the next push is the one after it. */
    void begin(long head, long nowNanos) {
        pushed = head;
        acknowledged = head;
        progressNanos = nowNanos;
    }

    long pushed() {
        return pushed;
    }

    int size() {
        return waiting.size();
    }

    /** False if the entry is not beyond the last one: it was pushed before. */
    boolean push(Entry entry) {
        if (entry.position() <= pushed) {
            return false;
        }
        pushed = entry.position();
        var one = new Waiting(entry.position());
        if (retained + entry.bytes() <= RETAINED_BYTES) {
            one.entry = entry;
            retained += entry.bytes();
        }
        waiting.addLast(one);
        return true;
    }

    /** A frame with these entries, in order, left: their time begins. */
    void sent(List<Entry> entries, long nowNanos) {
        long first = entries.get(0).position();
        long last = entries.get(entries.size() - 1).position();
        var fromTheEnd = waiting.descendingIterator();
        while (fromTheEnd.hasNext()) {
            var one = fromTheEnd.next();
            if (one.position < first) {
                return;
            }
            if (one.position <= last) {
                one.sentNanos = nowNanos;
                one.onItsWay = true;
            }
        }
    }

    /** False if the position was never pushed. Going backwards changes nothing. */
    boolean acknowledge(long position, long nowNanos) {
        if (position > pushed) {
            return false;
        }
        if (position > acknowledged) {
            acknowledged = position;
            progressNanos = nowNanos;
            while (!waiting.isEmpty() && waiting.getFirst().position <= position) {
                var entry = waiting.removeFirst().entry;
                retained -= entry == null ? 0 : entry.bytes();
            }
        }
        return true;
    }

    Verdict judge(long nowNanos) {
        var oldest = waiting.peekFirst();
        if (oldest == null || !late(oldest, nowNanos)) {
            return new Verdict.Patience();
        }
        if (oldest.again) {
            boolean progress = nowNanos - progressNanos < withinNanos;
            return progress ? new Verdict.Patience() : new Verdict.GiveUp();
        }
        var entries = new ArrayList<Entry>();
        Long head = null;
        for (var one : waiting) {
            if (!late(one, nowNanos)) {
                break;
            }
            one.again = true;
            one.onItsWay = false;
            if (one.entry == null) {
                head = pushed;
                one.onItsWay = true;
                one.sentNanos = nowNanos;
            } else {
                entries.add(one.entry);
            }
        }
        return new Verdict.Again(entries, head);
    }

    private boolean late(Waiting one, long nowNanos) {
        return one.onItsWay && nowNanos - one.sentNanos >= withinNanos;
    }

    private static final class Waiting {
        final long position;

        @Nullable
        Entry entry;

        boolean onItsWay;
        boolean again;
        long sentNanos;

        Waiting(long position) {
            this.position = position;
        }
    }
}
