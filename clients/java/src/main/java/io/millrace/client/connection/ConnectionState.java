package io.millrace.client.connection;

/**
 * What a user may be told about the connection.
 *
 * @param code close code of the last session, 0 where there was none
 * @param reason why it ended, for a developer; empty while all is well
 * @param retryInMs {@link Phase#WAITING}: when it is tried again
 */
public record ConnectionState(Phase phase, int code, String reason, long retryInMs) {
    /** Stages in the life of a connection. */
    public enum Phase {
        CONNECTING,
        OPEN,
        WAITING,
        /** Not tried again until {@code connect()} is called. */
        STOPPED
    }

    static ConnectionState of(Phase phase) {
        return new ConnectionState(phase, 0, "", 0);
    }
}
