package io.millrace.timeline.consume;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * When one partition was written how far. What was written longer ago than the store may forget is settled. Times are
 * nanoseconds of any monotonic clock. Used by the consuming thread alone.
 */
final class Trail {
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final long begin;
    private OptionalLong settled = OptionalLong.empty();

    /** @param begin offset of the first record that was taken */
    Trail(long begin) {
        this.begin = begin;
    }

    private record Mark(long atNanos, long offset) {}

    /** Everything before this offset was written by now. */
    void written(long nowNanos, long offset) {
        marks.addLast(new Mark(nowNanos, offset));
    }

    /** The offset before which everything was written by then; empty while nothing was. */
    OptionalLong settled(long thenNanos) {
        while (!marks.isEmpty() && marks.getFirst().atNanos() - thenNanos <= 0) {
            settled = OptionalLong.of(marks.removeFirst().offset());
        }
        return settled;
    }

    /** Where to begin again if what was written after that is lost. */
    long rewind(long thenNanos) {
        return settled(thenNanos).orElse(begin);
    }
}
