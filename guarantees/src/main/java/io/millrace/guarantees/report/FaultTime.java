package io.millrace.guarantees.report;

/**
 * One fault as it happened; nanoseconds since the run began.
 *
 * @param recoveredNs when everything asked until it was healed was decided, every device had a session, and timelines were served; -1 if never
 */
public record FaultTime(
        String name, String matrix, String description, long injectedNs, long healedNs, long recoveredNs) {
    /** From the end of the fault to the end of its effect; -1 if there was no end. */
    public double recoverySeconds() {
        return recoveredNs < 0 ? -1 : (recoveredNs - healedNs) / 1e9;
    }
}
