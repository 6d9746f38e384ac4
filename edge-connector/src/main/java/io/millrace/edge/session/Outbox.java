package io.millrace.edge.session;

import io.millrace.edge.protocol.EntryFrames;
import io.millrace.edge.protocol.EntryFrames.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to one socket, bounded in bytes: one is with the socket, the others wait. Entries that wait
 * together leave together as {@code entries}. A close goes out after what was offered before it. Thread-safe.
 */
final class Outbox {
    private static final int BATCH_BYTES = 64 * 1024;
    private static final int BATCH_ENTRIES = 100;

    private final Socket socket;
    private final int maxBytes;
    private final Listener listener;
    private final Deque<Item> queue = new ArrayDeque<>();
    private int bytes;
    private boolean inFlight;
    private boolean finished;

    Outbox(Socket socket, int maxBytes, Listener listener) {
        this.socket = socket;
        this.maxBytes = maxBytes;
        this.listener = listener;
    }

    /** What becomes of the frames; called without a lock of this class. */
    interface Listener {
        void onEntriesSent(List<Entry> entries);

        /** The frame did not leave: the connection is broken or too slow. */
        void onSendFailed();
    }

    /** Either a whole frame, an entry, or the close. */
    private record Item(
            @Nullable Frame frame,
            @Nullable Entry entry,
            @Nullable Close close) {
        int bytes() {
            if (entry != null) {
                return entry.bytes();
            }
            return frame == null ? 0 : frame.utf8.length;
        }
    }

    private static final class Frame {
        final byte[] utf8;

        Frame(byte[] utf8) {
            this.utf8 = utf8;
        }
    }

    private record Close(int code, String reason) {}

    /** False if the bytes that wait would exceed the bound; after {@link #finish} nothing is taken, silently. */
    boolean offer(byte[] utf8) {
        return offer(new Item(new Frame(utf8), null, null));
    }

    boolean offer(Entry entry) {
        return offer(new Item(null, entry, null));
    }

    /** For what may be left out: takes nothing, and returns false, where more than half of the bound waits already. */
    boolean offerUnlessBusy(byte[] utf8) {
        var item = new Item(new Frame(utf8), null, null);
        synchronized (this) {
            if (finished || bytes > maxBytes / 2 || bytes + item.bytes() > maxBytes) {
                return false;
            }
            bytes += item.bytes();
            queue.addLast(item);
        }
        pump();
        return true;
    }

    /** Closes the socket after everything that waits. */
    void finish(int code, String reason) {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
            queue.addLast(new Item(null, null, new Close(code, reason)));
        }
        pump();
    }

    /** Closes the socket at once; what waits is dropped. */
    void finishNow(int code, String reason) {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
            queue.clear();
        }
        socket.close(code, reason);
    }

    private boolean offer(Item item) {
        synchronized (this) {
            if (finished) {
                return true;
            }
            if (bytes + item.bytes() > maxBytes) {
                return false;
            }
            bytes += item.bytes();
            queue.addLast(item);
        }
        pump();
        return true;
    }

    private void pump() {
        while (true) {
            Batch batch;
            synchronized (this) {
                if (inFlight || queue.isEmpty()) {
                    return;
                }
                batch = next();
                inFlight = true;
            }
            if (batch.close != null) {
                socket.close(batch.close.code, batch.close.reason);
                return;
            }
            var flight = new Flight(batch);
            socket.send(batch.utf8, flight);
            flight.returned = true;
        }
    }

    private Batch next() {
        var first = queue.removeFirst();
        if (first.close != null) {
            return new Batch(new byte[0], List.of(), 0, first.close);
        }
        if (first.frame != null) {
            return new Batch(first.frame.utf8, List.of(), first.bytes(), null);
        }
        var entries = new ArrayList<Entry>();
        int total = 0;
        var item = first;
        while (item != null && item.entry != null) {
            entries.add(item.entry);
            total += item.bytes();
            var following = queue.peekFirst();
            boolean fits = following != null
                    && following.entry != null
                    && entries.size() < BATCH_ENTRIES
                    && total + following.bytes() <= BATCH_BYTES;
            item = fits ? queue.removeFirst() : null;
        }
        return new Batch(EntryFrames.frame(entries), entries, total, null);
    }

    private static final class Batch {
        final byte[] utf8;
        final List<Entry> entries;
        final int bytes;
        final @Nullable Close close;

        Batch(byte[] utf8, List<Entry> entries, int bytes, @Nullable Close close) {
            this.utf8 = utf8;
            this.entries = entries;
            this.bytes = bytes;
            this.close = close;
        }
    }

    /** One frame with the socket. The first report counts; Undertow may report a frame twice after a close. */
    private final class Flight implements Socket.Sent {
        private final Batch batch;
        private final Thread sender = Thread.currentThread();
        private volatile boolean returned;
        private boolean reported;

        Flight(Batch batch) {
            this.batch = batch;
        }

        @Override
        public void onSent(boolean ok) {
            synchronized (Outbox.this) {
                if (reported) {
                    return;
                }
                reported = true;
                inFlight = false;
                bytes -= batch.bytes;
            }
            if (!ok) {
                listener.onSendFailed();
                return;
            }
            if (!batch.entries.isEmpty()) {
                listener.onEntriesSent(batch.entries);
            }
            // Reported from within send: the loop that called it goes on, the stack does not grow.
            if (returned || Thread.currentThread() != sender) {
                pump();
            }
        }
    }
}
