package io.millrace.guarantees.report;

import io.millrace.guarantees.check.Liveness.Delay;
import io.millrace.guarantees.check.Liveness.Delivery;
import io.millrace.guarantees.check.Violation;
import io.millrace.guarantees.fault.FaultCatalogue.NotRun;
import java.util.List;
import java.util.Map;

/**
 * How a run went.
 *
 * @param counts what was asked and seen, by name
 * @param restedNs when everything had come to rest; -1 if it never did
 */
public record Verdict(
        long seed,
        String began,
        double minutes,
        int perSecond,
        List<FaultTime> faults,
        List<NotRun> notRun,
        Map<String, Long> counts,
        List<Delivery> deliveries,
        long healedNs,
        long restedNs,
        List<Violation> violations,
        List<Delay> delays) {
    public Verdict {
        faults = List.copyOf(faults);
        notRun = List.copyOf(notRun);
        deliveries = List.copyOf(deliveries);
        violations = List.copyOf(violations);
        delays = List.copyOf(delays);
    }

    /** Safety: nothing that must never be. */
    public boolean isSafe() {
        return violations.isEmpty();
    }

    /** Liveness: everything that has to come in the end came. */
    public boolean isLive() {
        return delays.isEmpty() && restedNs >= 0;
    }

    public boolean holds() {
        return isSafe() && isLive();
    }
}
