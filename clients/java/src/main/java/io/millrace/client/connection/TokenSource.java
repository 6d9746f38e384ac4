package io.millrace.client.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the token that is in use and asks for another one when it is refused or about to expire. Thread-safe. */
public final class TokenSource {
    private static final long SPARE_MS = 15_000;

    private final Supplier<String> supplier;
    private final Executor blocking;
    private final LongSupplier serverNowMs;
    private @Nullable CompletableFuture<String> token;
    private long expiresAtMs = Long.MAX_VALUE;

    /**
     * @param supplier may block and may throw
     * @param blocking where the supplier is called
     */
    public TokenSource(Supplier<String> supplier, Executor blocking, LongSupplier serverNowMs) {
        this.supplier = supplier;
        this.blocking = blocking;
        this.serverNowMs = serverNowMs;
    }

    /** The token in use, or a new one; fails if the supplier does. */
    public synchronized CompletableFuture<String> current() {
        var present = token;
        if (present == null || present.isCompletedExceptionally() || serverNowMs.getAsLong() > expiresAtMs - SPARE_MS) {
            return renew();
        }
        return present;
    }

    /** A new token. */
    public synchronized CompletableFuture<String> renew() {
        var present = token;
        if (present != null && !present.isDone()) {
            return present;
        }
        var next = CompletableFuture.supplyAsync(supplier, blocking);
        token = next;
        expiresAtMs = Long.MAX_VALUE;
        return next;
    }

    /** The server refused this token. */
    public synchronized void onRefused() {
        var present = token;
        if (present != null && present.isDone()) {
            token = null;
        }
    }

    /** The server told how long the token in use is good for, epoch milliseconds of its clock. */
    public synchronized void onExpiry(long atMs) {
        expiresAtMs = atMs;
    }
}
