package io.millrace.service.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code /health/live}, {@code /health/ready} (200 or 503) and {@code /metrics} (Prometheus text). */
public final class AdminServer implements AutoCloseable {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Health health;
    private final PrometheusMeterRegistry metrics;
    private final Undertow server;

    public AdminServer(String host, int port, Health health, PrometheusMeterRegistry metrics) {
        this.health = health;
        this.metrics = metrics;
        var paths = new PathHandler(AdminServer::notFound)
                .addExactPath("/health/live", answer(health::isLive))
                .addExactPath("/health/ready", answer(health::isReady))
                .addExactPath("/metrics", new BlockingHandler(this::scrape));
        this.server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(2)
                .addHttpListener(port, host)
                .setHandler(paths)
                .build();
    }

    public void start() {
        server.start();
    }

    @Override
    public void close() {
        server.stop();
    }

    private HttpHandler answer(BooleanSupplier good) {
        return new BlockingHandler(exchange -> {
            boolean ok = good.getAsBoolean();
            exchange.setStatusCode(ok ? 200 : 503);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender()
                    .send(mapper.writeValueAsString(Map.of("status", ok ? "up" : "down", "checks", health.checks())));
        });
    }

    private void scrape(HttpServerExchange exchange) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        metrics.scrape(exchange.getOutputStream());
    }

    private static void notFound(HttpServerExchange exchange) {
        exchange.setStatusCode(404).endExchange();
    }
}
