package io.millrace.service.auth;

/** A token is not honoured. Says why by a code, never with the token's text; carries no stack trace. */
public final class TokenRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why; clients are told one text for all of them, except that an expired token may be renewed. */
    public enum Reason {
        MISSING,
        MALFORMED,
        UNTRUSTED,
        EXPIRED,
        NOT_YET_VALID,
        WRONG_AUDIENCE,
        BAD_SUBJECT,
        REVOKED,
        KEYS_UNAVAILABLE
    }

    private final Reason reason;

    public TokenRejectedException(Reason reason) {
        super("the token is not honoured: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
