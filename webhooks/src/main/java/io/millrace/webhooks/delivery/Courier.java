package io.millrace.webhooks.delivery;

import java.util.concurrent.CompletableFuture;

/** Takes letters to one subscriber. Thread-safe. */
public interface Courier extends AutoCloseable {
    /**
     * Makes one attempt, in bounded time. The future does not fail.
     *
     * @param attempt 1 for the first
     */
    CompletableFuture<Verdict> send(Letter letter, int attempt);

    @Override
    void close();
}
