package io.millrace.timeline.pull;

import io.millrace.timeline.timeline.SeqException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Walks the messages that one user is shown, passing over those that it deleted for itself. A walk goes on until it has
 * as many as were asked for or there are none left: a page that is short, or empty, is the last one.
 */
final class ShownSeqs {
    private static final int MAX_ROUND = 1_000;
    private static final int GROWTH = 4;

    /** What the user does not see as the others do, by seq, from {@code first} through {@code last}. */
    interface Exceptions {
        Map<Long, SeqException> between(long first, long last);
    }

    /** A message to be shown. */
    record Shown(long seq, boolean hidden) {}

    private final LongUnaryOperator following;
    private final Exceptions exceptions;

    /** @param following the next seq in the direction of the walk, 0 at its end */
    ShownSeqs(LongUnaryOperator following, Exceptions exceptions) {
        this.following = following;
        this.exceptions = exceptions;
    }

    /** The first {@code limit} behind {@code start} in the direction of the walk. */
    List<Shown> behind(long start, int limit) {
        var shown = new ArrayList<Shown>();
        long at = start;
        // rounds grow: long runs of deleted messages are rare, and must not cost a query for each few
        for (int round = limit; shown.size() < limit; round = Math.min(MAX_ROUND, round * GROWTH)) {
            var seqs = seqs(at, round);
            if (seqs.isEmpty()) {
                return shown;
            }
            at = seqs.get(seqs.size() - 1);
            add(shown, seqs, limit);
        }
        return shown;
    }

    private List<Long> seqs(long start, int count) {
        var seqs = new ArrayList<Long>();
        for (long seq = following.applyAsLong(start); seq > 0; seq = following.applyAsLong(seq)) {
            seqs.add(seq);
            if (seqs.size() == count) {
                break;
            }
        }
        return seqs;
    }

    private void add(List<Shown> shown, List<Long> seqs, int limit) {
        long one = seqs.get(0);
        long other = seqs.get(seqs.size() - 1);
        var found = exceptions.between(Math.min(one, other), Math.max(one, other));
        for (long seq : seqs) {
            var exception = found.get(seq);
            if (shown.size() < limit && (exception == null || !exception.deleted())) {
                shown.add(new Shown(seq, exception != null && exception.hidden()));
            }
        }
    }
}
