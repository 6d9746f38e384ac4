package io.millrace.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.xnio.IoUtils;

/**
 * Stands before everything: exact lists of the hosts this edge answers for and of the origins that browsers may come
 * from, no token in a URL, and the headers that keep a browser strict.
 */
final class Guard implements HttpHandler {
    private static final Set<String> TOKEN_PARAMETERS = Set.of("token", "access_token", "jwt", "authorization");
    private static final HttpString CROSS_ORIGIN_RESOURCE_POLICY = new HttpString("Cross-Origin-Resource-Policy");
    private static final HttpString CONTENT_SECURITY_POLICY = new HttpString("Content-Security-Policy");
    private static final HttpString NO_SNIFF = new HttpString("X-Content-Type-Options");
    private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
    private static final String POLICY = "default-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    private final Allowed allowed;
    private final Duration bodyWithin;
    private final boolean secure;
    private final HttpHandler next;

    /**
     * @param bodyWithin from a request's head to the end of its body, whether anybody reads it or not
     * @param secure whether the listener speaks TLS: browsers are to come by nothing else then
     */
    Guard(Allowed allowed, Duration bodyWithin, boolean secure, HttpHandler next) {
        this.secure = secure;
        this.allowed = allowed;
        this.bodyWithin = bodyWithin;
        this.next = next;
    }

    /** Exact, lower-case lists. */
    record Allowed(Set<String> hosts, Set<String> origins) {
        /** The lists of the settings, or those that follow from where the edge listens. */
        static Allowed of(HttpSettings settings, int port) {
            var hosts = settings.allowedHosts().isEmpty() ? ownHosts(settings, port) : settings.allowedHosts();
            var origins = settings.allowedOrigins().isEmpty()
                    ? hosts.stream()
                            .flatMap(host -> List.of("http://" + host, "https://" + host).stream())
                            .toList()
                    : settings.allowedOrigins();
            return new Allowed(lower(hosts), lower(origins));
        }

        private static List<String> ownHosts(HttpSettings settings, int port) {
            return settings.isLoopback()
                    ? List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port)
                    : List.of(settings.host() + ":" + port);
        }

        private static Set<String> lower(List<String> texts) {
            return texts.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        }
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        strict(exchange.getResponseHeaders());
        if (secure) {
            exchange.getResponseHeaders().put(Headers.STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
        var headers = exchange.getRequestHeaders();
        bound(exchange);
        if (!exchange.isRequestComplete()) {
            endWhenDripped(exchange);
        }
        var host = headers.getFirst(Headers.HOST);
        if (host == null || headers.get(Headers.HOST).size() != 1 || exchange.isHostIncludedInRequestURI()) {
            Problems.send(exchange, 400, "invalid", "one Host header and a path are expected");
        } else if (hasUnknownCoding(headers)) {
            // Where its body ends is not known, so nothing more is read of this connection.
            exchange.setPersistent(false);
            Problems.send(exchange, 400, "invalid", "the only transfer coding is chunked");
        } else if (!allowed.hosts().contains(host.toLowerCase(Locale.ROOT))) {
            Problems.send(exchange, 421, "forbidden", "this server does not answer for that host");
        } else if (hasForeignOrigin(headers)) {
            Problems.send(exchange, 403, "forbidden", "this origin is not allowed");
        } else if (exchange.getQueryParameters().keySet().stream()
                .anyMatch(name -> TOKEN_PARAMETERS.contains(name.toLowerCase(Locale.ROOT)))) {
            Problems.send(exchange, 400, "invalid", "a token does not belong in a URL");
        } else {
            next.handleRequest(exchange);
        }
    }

    /** No origin at all is no browser; tokens are never sent by themselves, so there is nothing to forge. */
    private boolean hasForeignOrigin(HeaderMap headers) {
        var origins = headers.get(Headers.ORIGIN);
        return origins != null
                && (origins.size() != 1
                        || !allowed.origins().contains(origins.getFirst().toLowerCase(Locale.ROOT)));
    }

    /** Any coding that Undertow would not decode (RFC 9112, 6.1). */
    private static boolean hasUnknownCoding(HeaderMap headers) {
        var codings = headers.get(Headers.TRANSFER_ENCODING);
        return codings != null
                && (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase(Headers.CHUNKED.toString()));
    }

    /** Every byte renews Undertow's own timer, so a dripped body is ended by this one. */
    private void endWhenDripped(HttpServerExchange exchange) {
        var deadline = exchange.getIoThread()
                .executeAfter(
                        () -> {
                            if (!exchange.isRequestComplete()) {
                                IoUtils.safeClose(exchange.getConnection());
                            }
                        },
                        bodyWithin.toMillis(),
                        TimeUnit.MILLISECONDS);
        exchange.addExchangeCompleteListener((completed, following) -> {
            deadline.remove();
            following.proceed();
        });
    }

    private static void bound(HttpServerExchange exchange) {
        if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            exchange.addRequestWrapper((next, e) -> new BoundedSource(next.create(), JsonBody.DRAINED_BYTES));
        } else {
            exchange.setMaxEntitySize(JsonBody.DRAINED_BYTES);
        }
    }

    private static void strict(HeaderMap headers) {
        headers.put(CONTENT_SECURITY_POLICY, POLICY);
        headers.put(NO_SNIFF, "nosniff");
        headers.put(REFERRER_POLICY, "no-referrer");
        headers.put(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
    }
}
