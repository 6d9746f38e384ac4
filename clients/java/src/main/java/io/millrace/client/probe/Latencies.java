package io.millrace.client.probe;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Three histograms of nanoseconds, kept to three digits. Thread-safe. */
final class Latencies {
    final Histogram accepted = new ConcurrentHistogram(3);
    final Histogram posted = new ConcurrentHistogram(3);
    final Histogram delivered = new ConcurrentHistogram(3);

    void onAccepted(long nanos) {
        accepted.recordValue(Math.max(0, nanos));
    }

    void onPosted(long nanos) {
        posted.recordValue(Math.max(0, nanos));
    }

    void onDelivered(long nanos) {
        delivered.recordValue(Math.max(0, nanos));
    }
}
