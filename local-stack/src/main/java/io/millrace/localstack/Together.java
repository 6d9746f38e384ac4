package io.millrace.localstack;

import io.millrace.localstack.part.Part;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something with several parts at the same time. */
final class Together {
    private interface Action {
        void on(Part part) throws InterruptedException;
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Together.class);
    private static final long LAST_WORD_S = 30;

    private Together() {}

    /**
     * Starts all. When one fails, or this thread is interrupted, the others are broken off and their JVMs are gone when
     * this returns.
     */
    static void start(List<Part> parts) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(Math.max(1, parts.size()));
        try {
            var running = new ExecutorCompletionService<Void>(threads);
            parts.forEach(part -> running.submit(() -> act(part, Part::start)));
            for (int i = 0; i < parts.size(); i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw known(e.getCause());
        } finally {
            threads.shutdownNow();
            if (!threads.awaitTermination(LAST_WORD_S, TimeUnit.SECONDS)) {
                LOGGER.atWarn().addKeyValue("parts", parts.size()).log("parts did not end in time");
            }
        }
    }

    /** Stops all and waits for all of them, even if one makes trouble. */
    static void stop(List<Part> parts) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(Math.max(1, parts.size()));
        try {
            var running = parts.stream()
                    .map(part -> threads.submit(() -> act(part, Part::stop)))
                    .toList();
            StackException trouble = null;
            for (var stopping : running) {
                try {
                    stopping.get();
                } catch (ExecutionException e) {
                    trouble = known(e.getCause());
                }
            }
            if (trouble != null) {
                throw trouble;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static @Nullable Void act(Part part, Action action) throws InterruptedException {
        action.on(part);
        return null;
    }

    private static StackException known(@Nullable Throwable cause) {
        return cause instanceof StackException stack
                ? stack
                : new StackException(Trouble.PART_FAILED, "a part failed: " + cause, cause);
    }
}
