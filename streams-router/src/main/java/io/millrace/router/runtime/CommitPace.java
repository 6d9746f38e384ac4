package io.millrace.router.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * When a Streams thread commits: at once if it has not for a while, and the less often the longer a commit takes. A
 * commit costs by the partitions that were written to, not by the records, so a busy thread that commits half as often
 * does nearly twice the work, and a quiet one keeps nobody waiting for the interval. What is left is committed at the
 * interval. One per Streams thread, used by it alone.
 */
public final class CommitPace {
    private static final ThreadLocal<CommitPace> OF_THREAD = ThreadLocal.withInitial(CommitPace::new);
    private static final long SHORTEST_NANOS = Duration.ofMillis(5).toNanos();
    /** Of the time a commit takes, so much goes into processing before the next. */
    private static final int PROCESSING_PER_COMMIT = 2;
    /** A commit is so much of the mean. */
    private static final int COMMITS_IN_MEAN = 5;

    private long commitNanos;
    private long spentNanos;
    private long endedNanos = System.nanoTime() - TimeUnit.MINUTES.toNanos(1);

    /** That of this Streams thread. */
    static CommitPace ofThread() {
        return OF_THREAD.get();
    }

    /** To be called with each record that is processed: asks for a commit if it is time. */
    public static void onProcessed(ProcessingContext context) {
        if (ofThread().isTime(System.nanoTime())) {
            context.commit();
        }
    }

    boolean isTime(long nowNanos) {
        return nowNanos - endedNanos >= Math.max(SHORTEST_NANOS, PROCESSING_PER_COMMIT * commitNanos);
    }

    /** A step of a commit took so long: sending what is there, adding offsets. */
    void spent(long nanos) {
        spentNanos += nanos;
    }

    /** The last step took so long, and the transaction is committed. */
    void committed(long nanos, long nowNanos) {
        long took = spentNanos + nanos;
        commitNanos = commitNanos == 0 ? took : commitNanos + (took - commitNanos) / COMMITS_IN_MEAN;
        spentNanos = 0;
        endedNanos = nowNanos;
    }
}
