package io.millrace.guarantees.load;

/** Hears what becomes of operations, which go by their number; on the threads of reactors. */
public interface Operations {
    void onAccepted(long operation);

    void onPosted(long operation);

    void onRejected(long operation, String code);

    /** @param retryAfterMs negative if none was named */
    void onRefused(long operation, String code, long retryAfterMs);

    /** The session ended before the answer: what became of it is for the log to say. */
    void onLost(long operation);

    /** A message came to a device of somebody else than its sender, at that position of its timeline. */
    void onDelivered(long operation, long position);
}
