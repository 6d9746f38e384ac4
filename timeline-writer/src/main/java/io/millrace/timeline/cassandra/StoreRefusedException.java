package io.millrace.timeline.cassandra;

/** Cassandra answers and will not have us as the settings are: credentials, rights, certificates. The message says which. */
public final class StoreRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
