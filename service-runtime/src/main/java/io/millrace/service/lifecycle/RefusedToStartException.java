package io.millrace.service.lifecycle;

/** The service must not run as things are; the message says why and names the way out. Exit code 3. */
public final class RefusedToStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedToStartException(String message) {
        super(message);
    }
}
