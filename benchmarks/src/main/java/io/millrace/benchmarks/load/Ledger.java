package io.millrace.benchmarks.load;

import io.millrace.guarantees.load.Operations;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers messages and tells each stretch of its own. A number is a key for the server: none is given twice in a process.
 * Thread-safe.
 */
public final class Ledger implements Operations {
    private static final AtomicLong NEXT = new AtomicLong(1);

    private final ConcurrentNavigableMap<Long, Stretch> stretches = new ConcurrentSkipListMap<>();
    private final PullableWatch pullable;

    /** @param pullable hears of every message that is sent and delivered */
    public Ledger(PullableWatch pullable) {
        this.pullable = pullable;
    }

    /** A stretch whose messages each reach so many devices. */
    public Stretch open(Rates rates, int copies) {
        var stretch = new Stretch(NEXT.getAndAdd(rates.count()), rates, copies);
        stretches.put(stretch.first(), stretch);
        return stretch;
    }

    /** Messages that were posted so far. */
    public long posted() {
        return stretches.values().stream().mapToLong(Stretch::postedCount).sum();
    }

    PullableWatch pullable() {
        return pullable;
    }

    private Stretch of(long operation) {
        var entry = stretches.floorEntry(operation);
        if (entry == null) {
            throw new IllegalStateException("nobody asked for operation " + operation);
        }
        return entry.getValue();
    }

    @Override
    public void onAccepted(long operation) {
        of(operation).onAccepted(operation);
    }

    @Override
    public void onPosted(long operation) {
        of(operation).onPosted(operation);
    }

    @Override
    public void onRejected(long operation, String code) {
        of(operation).onRejected(operation, code);
        pullable.onDropped(operation);
    }

    @Override
    public void onRefused(long operation, String code, long retryAfterMs) {
        of(operation).onRefused(operation, code, retryAfterMs);
        pullable.onDropped(operation);
    }

    @Override
    public void onLost(long operation) {
        of(operation).onLost(operation);
        pullable.onDropped(operation);
    }

    @Override
    public void onDelivered(long operation, long position) {
        of(operation).onDelivered(operation, position);
        pullable.onDelivered(operation, position);
    }
}
