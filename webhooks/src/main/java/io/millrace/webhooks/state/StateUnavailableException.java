package io.millrace.webhooks.state;

/** Kafka or the registry did not answer in time: ask again. */
public final class StateUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    StateUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    StateUnavailableException(String message) {
        super(message);
    }
}
