package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import java.util.List;

/** Produce with acks=all, consume: nothing between. */
final class RawLog implements Baseline {
    static final String NAME = "baseline: Kafka, produce (acks=all) to consume";
    static final String ARRIVAL = "consumed";

    private static final String TOPIC = "baseline-log";

    @Override
    public Section measure(TestBed bed, Size size) throws InterruptedException {
        LogTopics.create(bed.admin(), List.of(TOPIC));
        return new Passage(bed.bootstrapServers(), TOPIC, TOPIC, bed.processes()).measure(NAME, ARRIVAL, size);
    }
}
