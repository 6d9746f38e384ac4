package io.millrace.edge.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.edge.protocol.ErrorCode;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the pull API on to the timeline service, over connections and threads of its own: a bulk transfer must not
 * delay a message. The service checks the token itself. When it does not answer the client gets 503 with Retry-After.
 */
final class TimelineProxy implements HttpHandler, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TimelineProxy.class);
    private static final List<String> PASSED_BACK = List.of("content-type", "retry-after", "cache-control", "etag");
    private static final long RETRY_MS = 2000;

    private final String base;
    private final Duration within;
    private final Semaphore places;
    private final ExecutorService threads;
    private final HttpClient client;
    private final Timer timer;

    TimelineProxy(TimelineSettings settings, MeterRegistry registry) {
        this.base = settings.url().replaceAll("/+$", "");
        this.within = settings.answerWithin();
        this.places = new Semaphore(settings.maxRequests());
        this.threads = Executors.newFixedThreadPool(2, task -> {
            var thread = new Thread(task, "timeline-proxy");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build();
        this.timer = Timer.builder("millrace.edge.pulls.passed")
                .description("Requests of the pull API passed on to the timeline service")
                .register(registry);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HttpRequest request;
        try {
            request = request(exchange);
        } catch (IllegalArgumentException e) {
            Problems.send(exchange, ErrorCode.INVALID, "the URL is not valid");
            return;
        }
        if (!places.tryAcquire()) {
            Problems.sendRetry(exchange, ErrorCode.OVERLOADED, "too many requests wait", RETRY_MS);
            return;
        }
        var sample = Timer.start();
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            var unused = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                    .whenComplete((response, failure) -> {
                        places.release();
                        sample.stop(timer);
                        if (failure == null) {
                            Answering.later(exchange, () -> answer(exchange, response));
                        } else {
                            LOGGER.atDebug()
                                    .addKeyValue("error", failure.toString())
                                    .log("timeline service did not answer");
                            Answering.later(exchange, () -> unavailable(exchange));
                        }
                    });
        });
    }

    private static void unavailable(HttpServerExchange exchange) {
        Problems.sendRetry(exchange, ErrorCode.UNAVAILABLE, "history is not available now", RETRY_MS);
    }

    private HttpRequest request(HttpServerExchange exchange) {
        var query = exchange.getQueryString();
        var uri = URI.create(base + exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query));
        var request = HttpRequest.newBuilder(uri).timeout(within).GET();
        var authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        var accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
        return request.header("Accept", accept == null ? "application/json" : accept)
                .build();
    }

    private static void answer(HttpServerExchange exchange, HttpResponse<byte[]> response) {
        exchange.setStatusCode(response.statusCode());
        for (var name : PASSED_BACK) {
            response.headers().firstValue(name).ifPresent(value -> exchange.getResponseHeaders()
                    .put(new HttpString(name), value));
        }
        exchange.getResponseHeaders().put(Headers.VARY, "Authorization");
        exchange.getResponseSender().send(ByteBuffer.wrap(response.body()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
