package io.millrace.example.analytics;

import io.millrace.example.analytics.record.Bucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Latencies in buckets, each at most a tenth wider than the one before. Pure. */
final class Latency {
    /** What took longer is late: mostly, no device was there. */
    static final long LATE_MS = 60_000;

    private static final double STEPS_PER_DOUBLING = 8;

    private Latency() {}

    /** The upper bound of the bucket of this latency; clocks may have gone back, so it may be below 0. */
    static long bucketOf(long ms) {
        if (ms <= 1) {
            return 1;
        }
        double steps = Math.ceil(STEPS_PER_DOUBLING * Math.log((double) ms) / Math.log(2));
        return Math.max(ms, (long) Math.pow(2, steps / STEPS_PER_DOUBLING));
    }

    /** The bound that this part of all do not exceed; null for none. */
    static @Nullable Long percentile(List<Bucket> ascending, double part) {
        long all = ascending.stream().mapToLong(Bucket::getCount).sum();
        double wanted = Math.ceil(all * part);
        long seen = 0;
        for (var bucket : ascending) {
            seen += bucket.getCount();
            if (seen >= wanted) {
                return bucket.getUpToMs();
            }
        }
        return null;
    }
}
