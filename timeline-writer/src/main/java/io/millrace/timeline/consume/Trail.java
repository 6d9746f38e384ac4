package io.millrace.timeline.consume;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When one partition was written how far. What was written longer ago than the store may forget is settled. Times are
 * those of {@link AnsweringTime}. Used by one thread alone.
 */
public final class Trail {
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long settled;

    /** @param begin offset before which everything is settled */
    public Trail(long begin) {
        settled = begin;
    }

    private record Mark(long atNanos, long offset) {}

    /** Everything before this offset was written by now. */
    public void written(long nowNanos, long offset) {
        marks.addLast(new Mark(nowNanos, offset));
    }

    /** The offset before which everything was written by then: where to begin again if what was written later is lost. */
    public long settled(long thenNanos) {
        while (!marks.isEmpty() && marks.getFirst().atNanos() - thenNanos <= 0) {
            settled = marks.removeFirst().offset();
        }
        return settled;
    }
}
