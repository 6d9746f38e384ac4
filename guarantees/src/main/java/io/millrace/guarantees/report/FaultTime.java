package io.millrace.guarantees.report;

import java.util.List;

/**
 * One fault as it happened; nanoseconds since the run began.
 *
 * @param where which part or way
 * @param recoveredNs when everything asked until it was healed was decided, every device had a session, and timelines were served; -1 if never
 * @param ended parts that ended by themselves and were started again
 */
public record FaultTime(
        String name,
        String matrix,
        String description,
        String where,
        long injectedNs,
        long healedNs,
        long recoveredNs,
        List<String> ended) {
    public FaultTime {
        ended = List.copyOf(ended);
    }

    /** From the end of the fault to the end of its effect; -1 if there was no end. */
    public double recoverySeconds() {
        return recoveredNs < 0 ? -1 : (recoveredNs - healedNs) / 1e9;
    }
}
