package io.millrace.guarantees.net;

import java.time.Duration;

/**
 * How the network treats what comes through. Nothing is lost that is not cut: what is held back comes later, as with TCP.
 *
 * @param delay before every piece
 * @param up whether anything passes from the client to the server
 * @param down whether anything passes from the server to the client
 * @param bytesPerSecond in each direction of each connection; 0 for as much as there is
 */
public record Weather(Duration delay, boolean up, boolean down, int bytesPerSecond) {
    public static final Weather CLEAR = new Weather(Duration.ZERO, true, true, 0);
    /** Connections stay open and nothing moves. */
    public static final Weather STALLED = new Weather(Duration.ZERO, false, false, 0);
    /** Requests arrive and are executed; no answer does. */
    public static final Weather ANSWERS_LOST = new Weather(Duration.ZERO, true, false, 0);

    public static Weather slow(Duration delay) {
        return new Weather(delay, true, true, 0);
    }

    public static Weather narrow(int bytesPerSecond) {
        return new Weather(Duration.ZERO, true, true, bytesPerSecond);
    }
}
