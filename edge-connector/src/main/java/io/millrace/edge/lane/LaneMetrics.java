package io.millrace.edge.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.schemas.record.DeliveryKind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What happens on the lane. Names and tags are public. Thread-safe. */
final class LaneMetrics {
    private final Map<DeliveryKind, Counter> deliveries = new EnumMap<>(DeliveryKind.class);
    private final Counter poisoned;
    private final Counter lives;

    LaneMetrics(MeterRegistry registry, CurrentLife current) {
        for (var kind : DeliveryKind.values()) {
            deliveries.put(
                    kind,
                    Counter.builder("millrace.edge.deliveries.read")
                            .description("Records of this edge's lane that were meant for it")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        poisoned = Counter.builder("millrace.edge.deliveries.skipped")
                .description("Records of the lane that could not be decoded")
                .register(registry);
        lives = Counter.builder("millrace.edge.lives.begun")
                .description(
                        "Lives of this process in the log; more than one: it was fenced, stood still or lost Kafka at its start")
                .register(registry);
        Gauge.builder("millrace.edge.lane.ready", current, c -> c.isReady() ? 1 : 0)
                .description("1 while probes come back through the log")
                .register(registry);
    }

    void delivered(DeliveryKind kind) {
        var counter = deliveries.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    void poisoned() {
        poisoned.increment();
    }

    void begun() {
        lives.increment();
    }
}
