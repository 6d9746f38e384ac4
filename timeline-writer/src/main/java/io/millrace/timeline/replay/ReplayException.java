package io.millrace.timeline.replay;

import org.jspecify.annotations.Nullable;

/** A replay cannot be done; the message says why, and what to do. */
final class ReplayException extends RuntimeException {
    ReplayException(String message) {
        super(message);
    }

    ReplayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
