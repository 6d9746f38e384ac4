package io.millrace.guarantees.history;

/** How an operation ended. */
public enum Outcome {
    /** The server said that it stands. */
    OK,
    /** The server promised that it did not happen and never will. */
    FAILED,
    /** Nobody told: it may appear zero times or once. */
    UNKNOWN
}
