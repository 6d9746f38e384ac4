package io.millrace.guarantees.net;

import java.time.Duration;

/**
 * How the network treats what comes through. Nothing is lost that is not cut: what is held back comes later, as with TCP.
 *
 * @param delay before every piece
 * @param up whether anything passes from the client to the server
 * @param down whether anything passes from the server to the client
 */
public record Weather(Duration delay, boolean up, boolean down) {
    public static final Weather CLEAR = new Weather(Duration.ZERO, true, true);
    /** Connections stay open and nothing moves. */
    public static final Weather STALLED = new Weather(Duration.ZERO, false, false);
    /** Requests arrive and are executed; no answer does. */
    public static final Weather ANSWERS_LOST = new Weather(Duration.ZERO, true, false);

    public static Weather slow(Duration delay) {
        return new Weather(delay, true, true);
    }
}
