package io.millrace.client.http;

/** An HTTP call was answered with a problem (RFC 9457). */
public final class ApiException extends RuntimeException {
    private final int status;
    private final String code;
    private final long retryAfterMs;

    /** @param retryAfterMs 0 where the server named no delay */
    ApiException(int status, String code, String detail, long retryAfterMs) {
        super(code + " (" + status + ")" + (detail.isEmpty() ? "" : ": " + detail));
        this.status = status;
        this.code = code;
        this.retryAfterMs = retryAfterMs;
    }

    public int status() {
        return status;
    }

    /** The protocol's code, such as {@code not_found}. */
    public String code() {
        return code;
    }

    public long retryAfterMs() {
        return retryAfterMs;
    }

    /** Asking again, with the same key, can have another outcome. */
    boolean passes() {
        return status == 429 || status == 503;
    }
}
