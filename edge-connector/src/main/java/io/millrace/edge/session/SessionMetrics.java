package io.millrace.edge.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.edge.protocol.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What happens to sessions. Names and tags are public. Thread-safe. */
public final class SessionMetrics {
    private final MeterRegistry registry;
    private final Timer welcomed;
    private final Counter entries;
    private final Counter resent;
    private final Counter signalsDropped;
    private final Map<ErrorCode, Counter> errors = new EnumMap<>(ErrorCode.class);
    private final Map<Integer, Counter> closes = new ConcurrentHashMap<>();

    public SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        welcomed = Timer.builder("millrace.edge.sessions.welcomed")
                .description("From hello to welcome, through the log")
                .register(registry);
        entries = Counter.builder("millrace.edge.entries.pushed")
                .description("Entries that left for a session")
                .register(registry);
        resent = Counter.builder("millrace.edge.entries.resent")
                .description("Entries sent once more for want of an acknowledgement")
                .register(registry);
        signalsDropped = Counter.builder("millrace.edge.signals.dropped")
                .description("Receipts and typing signals left out for a session that is behind")
                .register(registry);
        for (var code : ErrorCode.values()) {
            errors.put(
                    code,
                    Counter.builder("millrace.edge.errors.sent")
                            .description("Error frames: refused before the log")
                            .tag("error_code", code.wire())
                            .register(registry));
        }
    }

    void welcomed(long nanos) {
        welcomed.record(nanos, TimeUnit.NANOSECONDS);
    }

    void pushed(int count) {
        entries.increment(count);
    }

    void resent(int count) {
        resent.increment(count);
    }

    void signalDropped() {
        signalsDropped.increment();
    }

    void error(ErrorCode code) {
        var counter = errors.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Codes come from this house or from a peer; unknown ones count as 0. */
    void closed(int code) {
        int known = (code >= 1000 && code <= 1014) || (code >= 4400 && code <= 4508) ? code : 0;
        closes.computeIfAbsent(known, c -> Counter.builder("millrace.edge.sessions.closed")
                        .description("Ended sessions by the code of the edge's close")
                        .tag("close_code", Integer.toString(c))
                        .register(registry))
                .increment();
    }
}
