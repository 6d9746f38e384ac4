package io.millrace.edge.http;

import io.millrace.edge.auth.Authenticator;
import io.millrace.edge.protocol.ErrorCode;
import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.TokenRejectedException;
import io.millrace.service.auth.VerifiedToken;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds out who a request is from by its {@code Authorization: Bearer} header. */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private final Authenticator authenticator;

    Bearer(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * In whose name a request is.
     *
     * @param service whether the token is a service's
     */
    record Caller(UserId user, boolean service) {}

    /**
     * Calls on with the caller, on the connection's thread, or answers the request itself. The exchange is dispatched already.
     *
     * @param as in whose name the request is, if not in that of the token's own user
     */
    void identify(HttpServerExchange exchange, Optional<UserId> as, Consumer<Caller> then) {
        var header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            unauthenticated(exchange);
            return;
        }
        authenticator.check(header.substring(SCHEME.length()).strip(), new Authenticator.Outcome() {
            @Override
            public void onVerified(VerifiedToken token) {
                Answering.later(exchange, () -> verified(exchange, token, as, then));
            }

            @Override
            public void onRejected(TokenRejectedException.Reason reason) {
                Answering.later(exchange, () -> rejected(exchange, reason));
            }

            @Override
            public void onBusy() {
                Answering.later(
                        exchange,
                        () -> Problems.sendRetry(
                                exchange, ErrorCode.OVERLOADED, "too many tokens wait to be checked", 1000));
            }
        });
    }

    private static void verified(
            HttpServerExchange exchange, VerifiedToken token, Optional<UserId> as, Consumer<Caller> then) {
        if (as.isEmpty()) {
            then.accept(new Caller(token.user(), Authenticator.isService(token)));
        } else if (token.mayActFor().covers(as.get())) {
            then.accept(new Caller(as.get(), true));
        } else {
            Problems.send(exchange, ErrorCode.FORBIDDEN, "this token may not act for that user");
        }
    }

    private static void rejected(HttpServerExchange exchange, TokenRejectedException.Reason reason) {
        if (reason == TokenRejectedException.Reason.KEYS_UNAVAILABLE) {
            Problems.sendRetry(exchange, ErrorCode.UNAVAILABLE, "the token cannot be checked now", 1000);
        } else {
            unauthenticated(exchange);
        }
    }

    /** One text for every reason: nothing is learned by trying. */
    private static void unauthenticated(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
        Problems.send(exchange, ErrorCode.UNAUTHENTICATED, "the token is missing, invalid, expired or revoked");
    }
}
