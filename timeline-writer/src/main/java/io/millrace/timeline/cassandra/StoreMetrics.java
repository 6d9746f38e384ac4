package io.millrace.timeline.cassandra;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the store counts. Names are a public contract. */
public final class StoreMetrics {
    private final Counter retried;

    public StoreMetrics(MeterRegistry registry) {
        retried = Counter.builder("millrace.timeline.writes.retried")
                .description("Requests to Cassandra that were queued for another attempt")
                .register(registry);
    }

    void writesRetried(int requests) {
        retried.increment(requests);
    }
}
