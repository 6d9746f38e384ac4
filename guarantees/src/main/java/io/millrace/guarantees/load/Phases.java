package io.millrace.guarantees.load;

import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The phases of a run, each of which hears of its own operations. Thread-safe. */
final class Phases implements Operations {
    private final ConcurrentNavigableMap<Long, Phase> byFirst = new ConcurrentSkipListMap<>();

    void add(Phase phase) {
        byFirst.put(phase.first(), phase);
    }

    private Phase of(long operation) {
        var entry = byFirst.floorEntry(operation);
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
        of(operation).onRejected(operation);
    }

    @Override
    public void onRefused(long operation, String code, long retryAfterMs) {
        of(operation).onRefused(operation, code, retryAfterMs);
    }

    @Override
    public void onLost(long operation) {
        of(operation).onLost(operation);
    }

    @Override
    public void onDelivered(long operation, long position) {
        of(operation).onDelivered(operation);
    }
}
