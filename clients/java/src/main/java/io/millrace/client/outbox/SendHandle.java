package io.millrace.client.outbox;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command on its way. Thread-safe; stages that depend on its futures run on the client's loop and must not block. */
public final class SendHandle {
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();
    private final CompletableFuture<Decision> decision = new CompletableFuture<>();
    private volatile Optional<String> clientMessageId = Optional.empty();

    /** Made by the client for a command it is given. */
    public SendHandle() {}

    /** The key it travels under; empty before the first transmission, another one after {@code too_old}. */
    public Optional<String> clientMessageId() {
        return clientMessageId;
    }

    /**
     * Done when the command is durable, or decided; fails with {@link UndecidedException} where it was refused or the
     * client was closed before.
     */
    public CompletableFuture<Void> accepted() {
        return accepted.copy();
    }

    /** Done when it is decided; fails with {@link UndecidedException} if the client is closed before. */
    public CompletableFuture<Decision> decision() {
        return decision.copy();
    }

    void onKey(String key) {
        clientMessageId = Optional.of(key);
    }

    void onAccepted() {
        accepted.complete(null);
    }

    void onDecision(Decision decided) {
        if (decided instanceof Decision.Refused refused) {
            accepted.completeExceptionally(new UndecidedException(refused.code() + ": " + refused.message()));
        } else {
            accepted.complete(null);
        }
        decision.complete(decided);
    }

    void onClosed() {
        var closed = new UndecidedException("the client was closed before the command was decided");
        accepted.completeExceptionally(closed);
        decision.completeExceptionally(closed);
    }
}
