package io.millrace.guarantees.load;

/** Hears what devices are told; on the threads of their reactors. */
interface Ear extends Operations {
    /** A session is there, so many nanoseconds after its connection was begun. */
    void onWelcome(Device device, long tookNanos);

    /** An attempt was refused: by HTTP status, by close code before welcome, or 0 where nothing answered. */
    void onTurnedAway(Device device, int answer, boolean saysWhen);

    /** A session ended. */
    void onEnded(Device device, int code);
}
