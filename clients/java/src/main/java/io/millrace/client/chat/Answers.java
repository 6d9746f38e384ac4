package io.millrace.client.chat;

import io.millrace.client.loop.Failures;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.SendHandle;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Brings what becomes of a command to the screen. Thread-safe. */
final class Answers {
    private final Screen screen;

    Answers(Screen screen) {
        this.screen = screen;
    }

    /** What is posted shows as an entry; only the rest needs a word. */
    void report(SendHandle handle) {
        show(handle.decision(), decision -> {
            if (decision instanceof Decision.Rejected rejected) {
                screen.trouble("not sent: " + rejected.code() + " " + rejected.message());
            } else if (decision instanceof Decision.Refused refused) {
                screen.trouble("not sent: " + refused.code() + " " + refused.message());
            }
        });
    }

    /** For what shows as an entry when it succeeds. */
    void report(CompletableFuture<Long> version) {
        show(version, posted -> {});
    }

    @SuppressWarnings("FutureReturnValueIgnored") // success and failure both end on the screen
    <T> void show(CompletableFuture<T> future, Consumer<T> then) {
        future.thenAccept(then).exceptionally(failure -> {
            screen.trouble(Failures.reason(failure));
            return null;
        });
    }
}
