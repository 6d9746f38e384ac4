package io.millrace.guarantees.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The operations of one stretch of load, each with what was said about it and when, from the instant at which it was
 * due. Thread-safe.
 */
final class Phase {
    /** Four bits each: how often it happened. */
    private static final int ACCEPTED = 0;

    private static final int POSTED = 4;
    private static final int REJECTED = 8;
    private static final int REFUSED = 12;
    private static final int UNKNOWN = 16;
    private static final int LOST = 20;
    private static final int SENT = 24;

    private final long first;
    private final AtomicIntegerArray said;
    private final AtomicLongArray dueNanos;
    private final AtomicLongArray acceptedNanos;
    private final Map<String, LongAdder> refusals = new ConcurrentSkipListMap<>();
    private final LongAdder withoutTime = new LongAdder();
    final Latency accepted = new Latency();
    final Latency refused = new Latency();
    final Latency posted = new Latency();
    /** From {@code accepted} to the decision. */
    final Latency decided = new Latency();

    final Latency delivered = new Latency();

    Phase(long first, int operations) {
        this.first = first;
        this.said = new AtomicIntegerArray(operations);
        this.dueNanos = new AtomicLongArray(operations);
        this.acceptedNanos = new AtomicLongArray(operations);
    }

    long first() {
        return first;
    }

    int operations() {
        return said.length();
    }

    void onSent(long operation, long due) {
        dueNanos.set(index(operation), due);
        say(operation, SENT);
    }

    void onAccepted(long operation) {
        long now = System.nanoTime();
        acceptedNanos.set(index(operation), now);
        accepted.record(now - due(operation));
        say(operation, ACCEPTED);
    }

    void onPosted(long operation) {
        onDecided(operation);
        say(operation, POSTED);
    }

    void onRejected(long operation) {
        onDecided(operation);
        say(operation, REJECTED);
    }

    private void onDecided(long operation) {
        long now = System.nanoTime();
        posted.record(now - due(operation));
        long since = acceptedNanos.get(index(operation));
        if (since != 0) {
            decided.record(now - since);
        }
    }

    void onRefused(long operation, String code, long retryAfterMs) {
        refusals.computeIfAbsent(code, c -> new LongAdder()).increment();
        if (retryAfterMs < 0) {
            withoutTime.increment();
        }
        // Whoever is told "unavailable" knows nothing (docs/protocol.md).
        if (code.equals("unavailable")) {
            say(operation, UNKNOWN);
        } else {
            refused.record(System.nanoTime() - due(operation));
            say(operation, REFUSED);
        }
    }

    void onLost(long operation) {
        say(operation, LOST);
    }

    void onDelivered(long operation) {
        delivered.record(System.nanoTime() - due(operation));
    }

    private long due(long operation) {
        return dueNanos.get(index(operation));
    }

    private void say(long operation, int what) {
        said.addAndGet(index(operation), 1 << what);
    }

    private int index(long operation) {
        return (int) (operation - first);
    }

    private int times(int index, int what) {
        return said.get(index) >>> what & 0xF;
    }

    private int count(IntPredicate which) {
        return (int) IntStream.range(0, said.length()).filter(which).count();
    }

    int sent() {
        return count(i -> times(i, SENT) > 0);
    }

    int acceptedCount() {
        return count(i -> times(i, ACCEPTED) > 0);
    }

    int postedCount() {
        return count(i -> times(i, POSTED) > 0);
    }

    int refusedCount() {
        return count(i -> times(i, REFUSED) > 0);
    }

    int unknownCount() {
        return count(i -> times(i, UNKNOWN) > 0 || times(i, LOST) > 0);
    }

    /** Sent, and not told anything final, nor lost. */
    int open() {
        return count(i -> times(i, SENT) > 0
                && times(i, POSTED) + times(i, REJECTED) + times(i, REFUSED) + times(i, UNKNOWN) + times(i, LOST) == 0);
    }

    /** Told more than one final thing, or one of them twice. */
    int saidTwice() {
        return count(i -> times(i, POSTED) + times(i, REJECTED) + times(i, REFUSED) > 1 || times(i, ACCEPTED) > 1);
    }

    /** Refusals that named no time to come again. */
    long refusedWithoutTime() {
        return withoutTime.sum();
    }

    Map<String, Long> refusals() {
        var counts = new TreeMap<String, Long>();
        refusals.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /**
     * How many operations the log contradicts: what was posted or rejected is there once, what was accepted too, what
     * was refused is not there, and what nobody knows of at most once.
     */
    Contradictions against(LoggedOperations log) {
        int lost =
                count(i -> log.times(first + i) == 0 && times(i, ACCEPTED) + times(i, POSTED) + times(i, REJECTED) > 0);
        int doubled = count(i -> log.times(first + i) > 1);
        int phantoms = count(i -> log.times(first + i) > 0
                && (times(i, SENT) == 0 || (times(i, REFUSED) > 0 && times(i, ACCEPTED) == 0)));
        return new Contradictions(lost, doubled, phantoms);
    }

    /** By kind. */
    record Contradictions(int lost, int doubled, int phantoms) {
        boolean isNone() {
            return lost + doubled + phantoms == 0;
        }
    }
}
