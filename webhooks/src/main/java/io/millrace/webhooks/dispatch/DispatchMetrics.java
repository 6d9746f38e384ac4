package io.millrace.webhooks.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.schemas.record.WebhookDeadLetterCause;
import io.millrace.webhooks.delivery.Verdict;
import java.time.Duration;
import java.util.Locale;

/** What is measured of one subscriber. Names and tags are a public contract. Thread-safe. */
final class DispatchMetrics {
    private final MeterRegistry registry;
    private final String subscriber;

    DispatchMetrics(MeterRegistry registry, String subscriber) {
        this.registry = registry;
        this.subscriber = subscriber;
    }

    void attempted(Verdict verdict, Duration took) {
        Timer.builder("millrace.webhooks.attempts")
                .description("Requests to subscribers and how long they took")
                .tag("subscriber", subscriber)
                .tag("outcome", verdict.outcome())
                .register(registry)
                .record(took);
    }

    /** @param age since the event's record was written; large for what is sent again from long ago */
    void delivered(Duration age) {
        Timer.builder("millrace.webhooks.events.delivered")
                .description("Events that subscribers have, and how old they were")
                .tag("subscriber", subscriber)
                .register(registry)
                .record(age);
    }

    /** Alarmed: a subscriber did not get an event. */
    void deadLettered(WebhookDeadLetterCause cause) {
        Counter.builder("millrace.webhooks.dead.letters")
                .description("Events that a subscriber did not get")
                .tag("subscriber", subscriber)
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
