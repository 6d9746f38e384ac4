package io.millrace.edge.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.edge.protocol.ErrorCode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Answers that are no success: {@code application/problem+json} with {@code code}. Never contains what the client sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class Problems {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Problems() {}

    static void send(HttpServerExchange exchange, ErrorCode code, String detail) {
        send(exchange, code.status(), code.wire(), detail);
    }

    /** With {@code Retry-After} in whole seconds and {@code retryAfterMs}. */
    static void sendRetry(HttpServerExchange exchange, ErrorCode code, String detail, long retryAfterMs) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, Math.max(1, (retryAfterMs + 999) / 1000));
        var problem = problem(code.status(), code.wire(), detail);
        problem.put("retryAfterMs", retryAfterMs);
        write(exchange, code.status(), problem);
    }

    static void send(HttpServerExchange exchange, int status, String code, String detail) {
        write(exchange, status, problem(status, code, detail));
    }

    private static ObjectNode problem(int status, String code, String detail) {
        return MAPPER.createObjectNode()
                .put("type", "about:blank")
                .put("title", StatusCodes.getReason(status))
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
    }

    private static void write(HttpServerExchange exchange, int status, ObjectNode problem) {
        if (exchange.isResponseStarted()) {
            exchange.endExchange();
            return;
        }
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/problem+json");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(problem.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
