package io.millrace.service.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.service.lifecycle.RefusedToStartException;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.BindException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /health/live}, {@code /health/ready} (200 or 503), {@code /metrics} (Prometheus text), and what a service has its
 * operators ask besides. There is no login: whoever reaches the port is an operator, but a page of a browser is not.
 */
public final class AdminServer implements AutoCloseable {
    private static final long MAX_BODY_BYTES = 1024;
    private static final int IDLE_MS = 30_000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final PrometheusMeterRegistry metrics;
    private final PathHandler paths;
    private final Undertow server;
    private final String address;

    public AdminServer(String host, int port, Health health, PrometheusMeterRegistry metrics) {
        this.address = host + ":" + port;
        this.metrics = metrics;
        this.paths = new PathHandler(AdminServer::notFound)
                .addExactPath("/health/live", answer(health::liveness))
                .addExactPath("/health/ready", answer(health::checks))
                .addExactPath("/metrics", new BlockingHandler(this::scrape));
        this.server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY_BYTES)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, IDLE_MS)
                .addHttpListener(port, host)
                .setHandler(paths)
                .build();
    }

    /**
     * Has everything below a path answered by it.
     *
     * @param prefix for example {@code /subscribers}
     */
    public AdminServer with(String prefix, AdminResource resource) {
        paths.addPrefixPath(prefix, new BlockingHandler(exchange -> ask(resource, exchange)));
        return this;
    }

    /** @throws RefusedToStartException if the address is taken */
    public void start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof BindException) {
                throw new RefusedToStartException("the admin port " + address + " cannot be used: "
                        + e.getCause().getMessage());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private HttpHandler answer(Supplier<Map<String, Boolean>> asked) {
        return new BlockingHandler(exchange -> {
            var checks = asked.get();
            boolean ok = !checks.containsValue(false);
            exchange.setStatusCode(ok ? 200 : 503);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender()
                    .send(mapper.writeValueAsString(Map.of("status", ok ? "up" : "down", "checks", checks)));
        });
    }

    private void ask(AdminResource resource, HttpServerExchange exchange) throws Exception {
        var method = exchange.getRequestMethod().toString();
        // Browsers name the page that asks with every POST: none may change anything here.
        var answer = exchange.getRequestHeaders().contains(Headers.ORIGIN) && !method.equals("GET")
                ? AdminAnswer.refused(403, "this is not for browsers")
                : resource.answer(new AdminRequest(method, exchange.getRelativePath(), parameters(exchange)));
        exchange.setStatusCode(answer.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(mapper.writeValueAsString(answer.json()) + "\n");
    }

    private static Map<String, String> parameters(HttpServerExchange exchange) {
        var parameters = new HashMap<String, String>();
        exchange.getQueryParameters().forEach((name, values) -> parameters.put(name, values.getFirst()));
        return parameters;
    }

    private void scrape(HttpServerExchange exchange) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        metrics.scrape(exchange.getOutputStream());
    }

    private static void notFound(HttpServerExchange exchange) {
        exchange.setStatusCode(404).endExchange();
    }
}
