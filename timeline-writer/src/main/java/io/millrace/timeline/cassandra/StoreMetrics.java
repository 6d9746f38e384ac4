package io.millrace.timeline.cassandra;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the store counts. Names are a public contract. */
public final class StoreMetrics {
    private final Counter retried;
    private final Counter rows;

    public StoreMetrics(MeterRegistry registry) {
        retried = Counter.builder("millrace.timeline.writes.retried")
                .description("Requests to Cassandra that were queued for another attempt")
                .register(registry);
        rows = Counter.builder("millrace.timeline.rows.written")
                .description("Rows that were sent to Cassandra, a row of a batch like any other")
                .register(registry);
    }

    void rowsSent(int count) {
        rows.increment(count);
    }

    void writesRetried(int requests) {
        retried.increment(requests);
    }
}
