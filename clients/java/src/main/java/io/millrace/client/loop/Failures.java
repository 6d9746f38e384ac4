package io.millrace.client.loop;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What made a future fail, without what the future put around it. */
public final class Failures {
    private Failures() {}

    /** Null stays null. */
    public static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** For people: the message, or where there is none the kind of failure. */
    public static String reason(@Nullable Throwable failure) {
        Throwable cause = cause(failure);
        if (cause == null) {
            return "unknown";
        }
        String message = cause.getMessage();
        return message == null || message.isEmpty()
                ? cause.getClass().getSimpleName().replace("Exception", "")
                : message;
    }
}
