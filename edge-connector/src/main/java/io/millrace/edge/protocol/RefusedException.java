package io.millrace.edge.protocol;

/**
 * Input from a client is refused before the log. The message names the rule and the field, never the text that broke
 * it. Control flow on a hot path: it carries no stack trace.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public RefusedException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence for the developer of the client. */
    public String sentence() {
        var message = getMessage();
        return message == null ? code.wire() : message;
    }
}
