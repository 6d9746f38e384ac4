package io.millrace.edge.protocol;

import io.millrace.schemas.record.DecisionCode;

/** Codes of {@code error} and {@code rejected} frames and of HTTP problems, with the status each has over HTTP. */
public enum ErrorCode {
    BAD_FRAME("bad_frame", 400),
    UNKNOWN_TYPE("unknown_type", 400),
    INVALID("invalid", 400),
    UNAUTHENTICATED("unauthorized", 401),
    NOT_MEMBER("not_member", 403),
    FORBIDDEN("forbidden", 403),
    BLOCKED("blocked", 403),
    MUTED("muted", 403),
    NOT_FOUND("not_found", 404),
    CONFLICT("conflict", 409),
    TOO_OLD("too_old", 410),
    TOO_LARGE("too_large", 413),
    RATE_LIMITED("rate_limited", 429),
    OVERLOADED("overloaded", 503),
    UNAVAILABLE("unavailable", 503);

    private final String wire;
    private final int status;

    ErrorCode(String wire, int status) {
        this.wire = wire;
        this.status = status;
    }

    /** The name in frames and problems. */
    public String wire() {
        return wire;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /**
     * The code of a rejection. A code that this build does not know is shown as {@code invalid}: the command was
     * refused for good, whatever the newer reason is called.
     */
    public static ErrorCode of(DecisionCode code) {
        return switch (code) {
            case NOT_FOUND -> NOT_FOUND;
            case NOT_MEMBER -> NOT_MEMBER;
            case FORBIDDEN -> FORBIDDEN;
            case BLOCKED -> BLOCKED;
            case MUTED -> MUTED;
            case CONFLICT -> CONFLICT;
            case TOO_OLD -> TOO_OLD;
            case INVALID, UNKNOWN -> INVALID;
            case POSTED -> throw new IllegalArgumentException("posted is no rejection");
        };
    }
}
