package io.millrace.edge.http;

import io.millrace.edge.protocol.ErrorCode;
import io.millrace.edge.protocol.RefusedException;
import io.millrace.service.auth.DevelopmentTokens;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** {@code POST /dev/token}: a token for whoever asks. Exists only on loopback, where development tokens are switched on. */
final class DevelopmentTokenRoute implements HttpHandler {
    private final DevelopmentTokens tokens;
    private final JsonBody body;

    DevelopmentTokenRoute(DevelopmentTokens tokens, JsonBody body) {
        this.tokens = tokens;
        this.body = body;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        body.read(exchange, json -> {
            try {
                var token = tokens.issue(json.user());
                exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
                exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
                exchange.getResponseSender().send("{\"token\":\"" + token + "\"}");
            } catch (RefusedException e) {
                Problems.send(exchange, ErrorCode.INVALID, e.sentence());
            }
        });
    }
}
