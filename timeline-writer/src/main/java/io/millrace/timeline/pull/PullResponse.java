package io.millrace.timeline.pull;

import io.millrace.service.bodies.KeysBehindException;
import io.millrace.timeline.cassandra.StoreUnavailableException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to one request, sent once: a page, or a problem for whatever went wrong. */
final class PullResponse {
    private static final Logger LOGGER = LoggerFactory.getLogger(PullResponse.class);

    private final HttpServerExchange exchange;
    private final PullMetrics metrics;
    private final long began = System.nanoTime();

    PullResponse(HttpServerExchange exchange, PullMetrics metrics) {
        this.exchange = exchange;
        this.metrics = metrics;
    }

    /** Runs the work and sends a problem if it fails. */
    void orProblem(Runnable work) {
        try {
            work.run();
        } catch (ProblemException e) {
            send(e.problem());
        } catch (KeysBehindException e) {
            LOGGER.atWarn()
                    .addKeyValue("path", exchange.getRelativePath())
                    .addKeyValue("error", e.getMessage())
                    .log("request.unavailable");
            send(Problem.unavailable());
        } catch (StoreUnavailableException e) {
            LOGGER.atWarn()
                    .addKeyValue("path", exchange.getRelativePath())
                    .addKeyValue("error", String.valueOf(e.getCause()))
                    .log("request.unavailable");
            send(Problem.unavailable());
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .addKeyValue("path", exchange.getRelativePath())
                    .setCause(e)
                    .log("request.failed");
            send(Problem.failed());
        }
    }

    void send(Answer.Page page) {
        send(200, "application/json", page.json(), "ok");
    }

    void send(Problem problem) {
        if (problem.retryAfterSeconds() > 0) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
        }
        if (problem.status() == 401) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
        }
        var json = JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeStringField("type", "about:blank");
            out.writeStringField("title", StatusCodes.getReason(problem.status()));
            out.writeNumberField("status", problem.status());
            out.writeStringField("code", problem.code());
            out.writeStringField("detail", problem.detail());
            if (problem.retryAfterSeconds() > 0) {
                out.writeNumberField("retryAfterMs", problem.retryAfterSeconds() * 1000L);
            }
            for (var member : problem.members().entrySet()) {
                out.writeObjectField(member.getKey(), member.getValue());
            }
            out.writeEndObject();
        });
        send(problem.status(), Problem.CONTENT_TYPE, json, problem.code());
    }

    private void send(int status, String contentType, ByteBuffer json, String outcome) {
        metrics.answered(outcome, Duration.ofNanos(System.nanoTime() - began));
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(json);
    }
}
