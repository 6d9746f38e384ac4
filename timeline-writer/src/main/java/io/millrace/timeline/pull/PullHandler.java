package io.millrace.timeline.pull;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands a request to a worker: an I/O thread neither checks a token nor waits for the store. */
final class PullHandler implements HttpHandler {
    private final Authentication authentication;
    private final Supplier<@Nullable Routes> routes;
    private final Executor workers;
    private final Waiting waiting;
    private final PullMetrics metrics;

    /** @param routes null while the store does not answer */
    PullHandler(
            Authentication authentication,
            Supplier<@Nullable Routes> routes,
            Executor workers,
            Waiting waiting,
            PullMetrics metrics) {
        this.authentication = authentication;
        this.routes = routes;
        this.workers = workers;
        this.waiting = waiting;
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        var response = new PullResponse(exchange, metrics);
        exchange.dispatch(Runnable::run, () -> onWorker(response, () -> begin(exchange, response)));
    }

    private void begin(HttpServerExchange exchange, PullResponse response) {
        var parameters = new Parameters(exchange.getQueryParameters());
        var user = authentication.user(
                exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION), parameters.text("as"));
        var known = routes.get();
        if (known == null) {
            throw new ProblemException(Problem.unavailable());
        }
        var match = known.match(exchange.getRelativePath()).orElseThrow(() -> new ProblemException(Problem.notFound()));
        if (!exchange.getRequestMethod().equals(Methods.GET)) {
            throw new ProblemException(Problem.methodNotAllowed());
        }
        var request = new PullRequest(user, match.conversation(), parameters);
        var turn = waiting.begin();
        exchange.addExchangeCompleteListener((done, next) -> {
            turn.close();
            next.proceed();
        });
        attempt(match.endpoint(), request, response, turn);
    }

    private void attempt(Endpoint endpoint, PullRequest request, PullResponse response, Waiting.Turn turn) {
        var answer = endpoint.answer(request, turn.last());
        if (answer instanceof Answer.Page page) {
            response.send(page);
        } else {
            turn.again(() -> onWorker(response, () -> attempt(endpoint, request, response, turn)));
        }
    }

    private void onWorker(PullResponse response, Runnable work) {
        try {
            workers.execute(() -> response.orProblem(work));
        } catch (RejectedExecutionException e) {
            response.send(Problem.overloaded());
        }
    }
}
