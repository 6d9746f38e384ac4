package io.millrace.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets an upgrade pass only as RFC 6455 version 13 has it, with our subprotocol, while this edge takes connections.
 * Undertow by itself also takes drafts 7 and 8, HTTP/1.0 and keys of any length.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1">RFC 6455, 4.2.1</a>
 */
final class HandshakeGuard implements HttpHandler {
    static final String SUBPROTOCOL = "millrace.v1.json";

    private final BooleanSupplier open;
    private final Admission admission;
    private final HttpHandler upgrade;

    /** @param open false while draining */
    HandshakeGuard(BooleanSupplier open, Admission admission, HttpHandler upgrade) {
        this.open = open;
        this.admission = admission;
        this.upgrade = upgrade;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        var headers = exchange.getRequestHeaders();
        if (!exchange.getRequestMethod().equals(Methods.GET)
                || !exchange.getProtocol().equals(Protocols.HTTP_1_1)
                || !lists(headers, Headers.UPGRADE_STRING, "websocket")
                || !lists(headers, Headers.CONNECTION_STRING, "upgrade")) {
            Problems.send(exchange, 400, "invalid", "a WebSocket upgrade by GET and HTTP/1.1 is expected");
        } else if (!"13".equals(only(headers, Headers.SEC_WEB_SOCKET_VERSION_STRING))) {
            exchange.getResponseHeaders().put(Headers.SEC_WEB_SOCKET_VERSION, "13");
            Problems.send(exchange, 426, "invalid", "WebSocket version 13 is expected");
        } else if (!isKey(only(headers, Headers.SEC_WEB_SOCKET_KEY_STRING))) {
            Problems.send(exchange, 400, "invalid", "Sec-WebSocket-Key is 16 bytes in base 64");
        } else if (!lists(headers, Headers.SEC_WEB_SOCKET_PROTOCOL_STRING, SUBPROTOCOL)) {
            Problems.send(exchange, 400, "invalid", "the subprotocol is " + SUBPROTOCOL);
        } else if (!open.getAsBoolean()) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 2);
            Problems.send(exchange, 503, "unavailable", "this edge takes no connections now");
        } else if (!admission.admits(exchange.getSourceAddress())) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 5);
            Problems.send(exchange, 503, "overloaded", "too many connections");
        } else {
            upgrade.handleRequest(exchange);
        }
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == 16;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static @Nullable String only(HeaderMap headers, String name) {
        var values = headers.get(name);
        return values == null || values.size() != 1 ? null : values.getFirst();
    }

    private static boolean lists(HeaderMap headers, String name, String element) {
        var values = headers.get(name);
        return values != null
                && values.stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .anyMatch(one -> one.strip().equalsIgnoreCase(element));
    }
}
