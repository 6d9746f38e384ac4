package io.millrace.edge.protocol;

/** Close codes of the client protocol, and the few of RFC 6455 that an edge sends itself. */
public enum CloseCode {
    NORMAL(1000, "bye"),
    GOING_AWAY(1001, "going away"),
    PROTOCOL_ERROR(1002, "protocol error"),
    UNSUPPORTED(1003, "text frames only"),
    TOO_LARGE(1009, "frame too large"),
    TRY_LATER(1013, "try again later"),
    BAD_FRAMES(4400, "too many bad frames"),
    UNAUTHENTICATED(4401, "token missing, invalid, expired or revoked"),
    TIMED_OUT(4408, "timed out"),
    REPLACED(4409, "replaced by a newer session"),
    RATE_IGNORED(4429, "rate limits ignored"),
    TOO_SLOW(4508, "reads too slowly");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    /** A few words for the close frame; the client goes by the number. */
    public String reason() {
        return reason;
    }
}
