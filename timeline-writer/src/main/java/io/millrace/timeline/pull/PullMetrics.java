package io.millrace.timeline.pull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the pull API measures. Names and tags are a public contract. */
public final class PullMetrics {
    private final MeterRegistry registry;

    public PullMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code ok} or the code of the problem */
    void answered(String outcome, Duration took) {
        Timer.builder("millrace.timeline.requests.answered")
                .description("Requests to the pull API by outcome, time to the answer")
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }
}
