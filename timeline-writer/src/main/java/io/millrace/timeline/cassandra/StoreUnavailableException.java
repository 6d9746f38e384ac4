package io.millrace.timeline.cassandra;

/** Cassandra did not answer, or not with the consistency that was asked for. It may be tried again. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
