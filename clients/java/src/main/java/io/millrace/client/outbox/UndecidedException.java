package io.millrace.client.outbox;

/** Nothing is known to have come of a command. */
public final class UndecidedException extends RuntimeException {
    public UndecidedException(String message) {
        super(message);
    }
}
