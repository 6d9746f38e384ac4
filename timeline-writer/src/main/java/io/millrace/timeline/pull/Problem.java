package io.millrace.timeline.pull;

import java.util.Map;

/**
 * Why a request is not answered (RFC 9457). The detail is for the developer of a client and never repeats what was sent.
 *
 * @param code of the client protocol
 * @param retryAfterSeconds 0: no such header
 * @param members further members of the problem object
 */
record Problem(int status, String code, String detail, int retryAfterSeconds, Map<String, Object> members) {
    static final String CONTENT_TYPE = "application/problem+json";

    static Problem invalid(String detail) {
        return new Problem(400, "invalid", detail, 0, Map.of());
    }

    static Problem unauthorized() {
        return new Problem(401, "unauthorized", "a valid bearer token is required", 0, Map.of());
    }

    static Problem forbidden() {
        return new Problem(403, "forbidden", "this token may not act for that user", 0, Map.of());
    }

    /** The same for what does not exist and for what the user may not know of. */
    static Problem notFound() {
        return new Problem(404, "not_found", "there is no such thing for this user", 0, Map.of());
    }

    static Problem methodNotAllowed() {
        return new Problem(405, "method_not_allowed", "only GET is answered here", 0, Map.of());
    }

    static Problem reset(String epoch, long oldest, long head) {
        return new Problem(
                410,
                "reset",
                "take the conversations, then pull after their position",
                0,
                Map.of("epoch", epoch, "oldest", oldest, "head", head));
    }

    static Problem unavailable() {
        return new Problem(503, "unavailable", "the store does not answer, try again", 2, Map.of());
    }

    static Problem overloaded() {
        return new Problem(503, "overloaded", "too many requests are waiting, try again", 1, Map.of());
    }

    static Problem failed() {
        return new Problem(500, "unavailable", "the request could not be answered", 0, Map.of());
    }
}
