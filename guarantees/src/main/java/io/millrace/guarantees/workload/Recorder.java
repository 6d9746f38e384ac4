package io.millrace.guarantees.workload;

import io.millrace.client.outbox.Uuid7;
import io.millrace.guarantees.history.Journal;
import io.millrace.guarantees.history.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** One clock, one count of operations and one directory of journals for a whole run. Thread-safe. */
public final class Recorder implements AutoCloseable {
    private final Path directory;
    private final long beganNs = System.nanoTime();
    private final AtomicLong lastOp = new AtomicLong();
    private final Uuid7 keys = new Uuid7(System::currentTimeMillis);
    private final ConcurrentLinkedQueue<Journal> journals = new ConcurrentLinkedQueue<>();

    public Recorder(Path directory) {
        this.directory = directory;
    }

    /** The journal of one more client. */
    public Journal journal(String client) {
        var journal = new Journal(directory, client);
        journals.add(journal);
        return journal;
    }

    /** Nanoseconds since the run began. */
    public long nowNs() {
        return System.nanoTime() - beganNs;
    }

    long nextOp() {
        return lastOp.incrementAndGet();
    }

    /** The operation that was begun last. */
    public long lastOp() {
        return lastOp.get();
    }

    /** An idempotency key, of the form the protocol recommends. */
    String nextKey() {
        return keys.next();
    }

    /** Everything that was written, client by client. */
    public List<Line> lines() {
        var all = new ArrayList<Line>();
        journals.forEach(journal -> all.addAll(journal.lines()));
        return all;
    }

    @Override
    public void close() {
        journals.forEach(Journal::close);
    }
}
