package io.millrace.client.loop;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another in the order they were given, and later ones after a delay. Everything with state in a
 * client is confined to its loop. {@link #execute} and {@link #after} may be called from any thread.
 */
public interface Loop extends Executor {
    /** Runs the task once the delay has passed, unless the loop was closed before. */
    Timer after(Duration delay, Runnable task);

    /** Milliseconds since the epoch by this device's own clock, which may be wrong. */
    long wallMs();

    /** Milliseconds from an arbitrary start that never go backwards; for measuring how long something took. */
    long elapsedMs();

    /**
     * Takes the outcome of something asynchronous to the loop: a value, or the failure.
     *
     * @param outcome what it throws is logged by the loop
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome is consumed here, and nothing is derived from it
    default <T> void await(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> outcome) {
        stage.whenComplete((value, failure) -> execute(() -> outcome.accept(value, failure)));
    }

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Timer {
        /** No task at all. */
        Timer NONE = () -> {};

        /** The task does not run any more; without effect when it has run. Called on the loop. */
        void cancel();
    }
}
