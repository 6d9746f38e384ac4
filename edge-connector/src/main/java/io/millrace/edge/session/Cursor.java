package io.millrace.edge.session;

import java.util.OptionalLong;

/** How far a device says it has stored, told to the log at most so often. Guarded by its session. */
final class Cursor {
    private final long everyNanos;
    private long stored = -1;
    private long told = -1;
    private long toldNanos = Long.MIN_VALUE;

    Cursor(long everyNanos) {
        this.everyNanos = everyNanos;
    }

    /** Forward only. */
    void stored(long position) {
        stored = Math.max(stored, position);
    }

    /** The position to tell now, if there is news and the last telling is long enough ago. */
    OptionalLong due(long nowNanos) {
        boolean pause = toldNanos != Long.MIN_VALUE && nowNanos - toldNanos < everyNanos;
        if (pause) {
            return OptionalLong.empty();
        }
        var news = last();
        if (news.isPresent()) {
            toldNanos = nowNanos;
        }
        return news;
    }

    /** What was not told yet. */
    OptionalLong last() {
        if (stored <= told) {
            return OptionalLong.empty();
        }
        told = stored;
        return OptionalLong.of(stored);
    }
}
