package io.millrace.edge.inbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.edge.protocol.ErrorCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How commands enter the log. Names and tags are public. Thread-safe. */
final class InboundMetrics {
    private final Timer accepted;
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);
    private final Counter signalDropped;

    InboundMetrics(MeterRegistry registry, PendingCommands pending, LogWriter writer) {
        accepted = Timer.builder("millrace.edge.commands.accepted")
                .description("From the arrival of a command to the broker's acknowledgement")
                .serviceLevelObjectives(
                        Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(900))
                .register(registry);
        signalDropped = Counter.builder("millrace.edge.signals.refused")
                .description("Typing and questions who is there that were left out under load or without the log")
                .register(registry);
        for (var code : new ErrorCode[] {ErrorCode.OVERLOADED, ErrorCode.UNAVAILABLE}) {
            refused.put(
                    code,
                    Counter.builder("millrace.edge.commands.refused")
                            .description("Commands that did not enter the log, or perhaps not")
                            .tag("error_code", code.wire())
                            .register(registry));
        }
        Gauge.builder("millrace.edge.commands.undecided", pending, PendingCommands::undecided)
                .description("Commands accepted or being written, without a decision")
                .register(registry);
        Gauge.builder("millrace.edge.entries.waiting", pending, PendingCommands::waiting)
                .description(
                        "Timeline entries that they, and those whose event no session has yet, still have to become")
                .register(registry);
        Gauge.builder("millrace.edge.entries.bound", pending, PendingCommands::bound)
                .description("How many of them may wait before further commands are refused as overloaded")
                .register(registry);
        Gauge.builder("millrace.edge.commands.waiting", writer, LogWriter::waiting)
                .description("Commands that wait for the producer")
                .register(registry);
    }

    void accepted(long nanos) {
        accepted.record(nanos, TimeUnit.NANOSECONDS);
    }

    void signalDropped() {
        signalDropped.increment();
    }

    void refused(ErrorCode code) {
        var counter = refused.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}
