package io.millrace.timeline.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the writer measures. Names and tags are a public contract. */
public final class WriterMetrics {
    private final MeterRegistry registry;

    public WriterMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void written(String topic, int records, Duration took) {
        counter("millrace.timeline.records.written", "Records of the log that are in the store", topic)
                .increment(records);
        Timer.builder("millrace.timeline.batches.written")
                .description("Time from a batch's poll to its last write")
                .tag("topic", topic)
                .register(registry)
                .record(took);
    }

    /** Alarmed: something could not be read and its place was taken. */
    void unreadable(String topic, int rows) {
        counter("millrace.timeline.records.unreadable", "Numbers taken by a row of kind unreadable", topic)
                .increment(rows);
    }

    /** Alarmed: a chained hash does not follow from its predecessor's. */
    void brokenLinks(String topic, int links) {
        counter("millrace.timeline.links.broken", "Records whose chained hash does not fit", topic)
                .increment(links);
    }

    private Counter counter(String name, String description, String topic) {
        return Counter.builder(name)
                .description(description)
                .tag("topic", topic)
                .register(registry);
    }
}
