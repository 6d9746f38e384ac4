package io.millrace.client.connection;

/** What a client does after its session ended, by close code. */
enum AfterClose {
    /** Comes back at once and pulls: the session ended for a reason that does not last. */
    RETURN,
    /** Comes back after a growing delay. */
    BACK_OFF,
    /** The server is full or goes away: comes back after the delay that {@code goaway} named, or 1 to 30 s. */
    SPREAD,
    /** Comes back with a new token. */
    NEW_TOKEN,
    /** Another connection of this device has taken over: tries once more after 30 to 60 s, and then leaves it. */
    ONCE_LATER,
    /** Stays away and reports: coming back would fail in the same way. */
    STOP;

    /** Codes of the protocol's table; any other one, or none, is a network that failed. */
    static AfterClose of(int code) {
        return switch (code) {
            case 1001, 1013 -> SPREAD;
            case 1009, 4400 -> STOP;
            case 4401 -> NEW_TOKEN;
            case 4408, 4508 -> RETURN;
            case 4409 -> ONCE_LATER;
            default -> BACK_OFF;
        };
    }
}
