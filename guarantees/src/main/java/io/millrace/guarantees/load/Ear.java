package io.millrace.guarantees.load;

/** Hears what devices are told; on the threads of their reactors. Operations go by their number. */
interface Ear {
    void onAccepted(long operation);

    void onPosted(long operation);

    void onRejected(long operation, String code);

    /** @param retryAfterMs negative if none was named */
    void onRefused(long operation, String code, long retryAfterMs);

    /** The session ended before the answer: what became of it is for the log to say. */
    void onLost(long operation);

    /** A message came to a device of somebody else than its sender. */
    void onDelivered(long operation);

    /** A session is there, so many nanoseconds after its connection was begun. */
    void onWelcome(Device device, long tookNanos);

    /** An attempt was refused: by HTTP status, by close code before welcome, or 0 where nothing answered. */
    void onTurnedAway(Device device, int answer, boolean saysWhen);

    /** A session ended. */
    void onEnded(Device device, int code);
}
