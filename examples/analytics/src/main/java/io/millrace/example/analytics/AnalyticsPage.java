package io.millrace.example.analytics;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.example.analytics.record.Minute;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.resource.ClassPathResourceManager;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The page and its numbers, on loopback alone: {@code GET /} and {@code GET /minutes.json?last=60}. Only a browser of this
 * machine that calls it by a loopback name is answered, for nobody is asked who it is.
 */
final class AnalyticsPage implements AutoCloseable {
    /** A day. */
    static final int MOST_MINUTES = 1_440;

    private static final int DEFAULT_MINUTES = 60;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1");

    private final Results results;
    private final Clock clock = Clock.systemUTC();
    private final Undertow server;

    AnalyticsPage(Results results, int port) {
        this.results = results;
        var files = Handlers.resource(new ClassPathResourceManager(getClass().getClassLoader(), "web"))
                .addWelcomeFiles("index.html");
        HttpHandler paths = Handlers.path(files).addExactPath("/minutes.json", this::minutes);
        server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setHandler(exchange -> guarded(exchange, paths))
                .build();
        server.start();
    }

    URI url() {
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort() + "/");
    }

    private static void guarded(HttpServerExchange exchange, HttpHandler next) throws Exception {
        var headers = exchange.getResponseHeaders();
        headers.put(new HttpString("Content-Security-Policy"), "default-src 'self'; frame-ancestors 'none'");
        headers.put(new HttpString("X-Content-Type-Options"), "nosniff");
        headers.put(new HttpString("Referrer-Policy"), "no-referrer");
        if (!NAMES.contains(exchange.getHostName())) {
            exchange.setStatusCode(StatusCodes.FORBIDDEN).endExchange();
        } else if (!exchange.getRequestMethod().equals(Methods.GET)) {
            exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED).endExchange();
        } else {
            next.handleRequest(exchange);
        }
    }

    private void minutes(HttpServerExchange exchange) throws IOException {
        int last;
        var given = exchange.getQueryParameters().get("last");
        try {
            last = given == null ? DEFAULT_MINUTES : Integer.parseInt(given.getFirst());
        } catch (NumberFormatException e) {
            last = 0;
        }
        if (last < 1 || last > MOST_MINUTES) {
            problem(exchange, StatusCodes.BAD_REQUEST, "last is a number from 1 to " + MOST_MINUTES);
            return;
        }
        var now = clock.instant();
        var first = Minutes.of(now).minus(Duration.ofMinutes(last - 1L));
        var found = results.between(first, now);
        if (found.isEmpty()) {
            problem(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the results are still being read");
        } else {
            send(exchange, json(now, first, found.get()));
        }
    }

    private static void problem(HttpServerExchange exchange, int status, String title) throws IOException {
        exchange.setStatusCode(status);
        send(exchange, MAPPER.writeValueAsString(MAPPER.createObjectNode().put("title", title)));
    }

    private static void send(HttpServerExchange exchange, String json) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(json);
    }

    private static String json(Instant now, Instant first, List<Minute> minutes) throws IOException {
        var root = MAPPER.createObjectNode();
        root.put("now", now.toEpochMilli());
        root.put("first", first.toEpochMilli());
        var all = root.putArray("minutes");
        for (var minute : minutes) {
            all.addObject()
                    .put("minute", minute.getMinute().toEpochMilli())
                    .put("direct", minute.getDirect())
                    .put("group", minute.getGroup())
                    .put("room", minute.getRoom())
                    .put("activeUsers", minute.getActiveUsers())
                    .put("delivered", minute.getDelivered())
                    .put("late", minute.getLate())
                    .put("p50Ms", minute.getP50Ms())
                    .put("p90Ms", minute.getP90Ms())
                    .put("p99Ms", minute.getP99Ms());
        }
        return MAPPER.writeValueAsString(root);
    }

    @Override
    public void close() {
        server.stop();
    }
}
