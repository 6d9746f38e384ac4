package io.millrace.client.http;

import io.millrace.client.http.Exchange.Answer;
import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.Failures;
import io.millrace.client.loop.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a call that carries a key until the server has decided it: after 202, when it has no capacity, and when the
 * connection broke. Every other problem is final.
 */
public final class UntilDecided {
    private static final long UNDECIDED_MS = 500;

    private final Loop loop;
    private final Duration limit;
    private final Backoff backoff;

    /** @param limit after this time the call fails with {@link TimeoutException}; its outcome is then unknown */
    public UntilDecided(Loop loop, Duration limit, Backoff backoff) {
        this.loop = loop;
        this.limit = limit;
        this.backoff = backoff;
    }

    CompletableFuture<Answer> call(Supplier<CompletableFuture<Answer>> request) {
        var decided = new CompletableFuture<Answer>();
        attempt(request, decided, loop.elapsedMs() + limit.toMillis());
        return decided;
    }

    private void attempt(
            Supplier<CompletableFuture<Answer>> request, CompletableFuture<Answer> decided, long deadlineMs) {
        loop.await(request.get(), (answer, failure) -> {
            long delayMs = answer == null ? delayAfter(failure) : answer.status() == 202 ? UNDECIDED_MS : -1;
            if (delayMs < 0 && answer != null) {
                decided.complete(answer);
            } else if (delayMs < 0) {
                decided.completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
            } else if (loop.elapsedMs() + delayMs > deadlineMs) {
                decided.completeExceptionally(new TimeoutException("undecided after " + limit));
            } else {
                loop.after(Duration.ofMillis(delayMs), () -> attempt(request, decided, deadlineMs));
            }
        });
    }

    private long delayAfter(@Nullable Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ApiException problem && problem.passes()) {
            return Math.max(UNDECIDED_MS, problem.retryAfterMs());
        }
        return cause instanceof IOException ? backoff.nextMs() : -1;
    }
}
