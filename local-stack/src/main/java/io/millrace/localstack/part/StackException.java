package io.millrace.localstack.part;

import org.jspecify.annotations.Nullable;

/** The stack, or a part of it, cannot do what it was asked. The first line of the message says what to do about it. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Trouble {
        /** A port that a part needs is taken. */
        PORT_TAKEN,
        /** The data directory belongs to a running stack. */
        DATA_IN_USE,
        /** The data directory cannot be written. */
        DATA_UNUSABLE,
        /** There is no Java that can run all parts. */
        WRONG_JAVA,
        /** Too little memory is free. */
        NO_MEMORY,
        /** Too little disk is free. */
        NO_SPACE,
        /** The jars are not there. */
        NOT_BUILT,
        /** A part ended, or was not ready in time. */
        PART_FAILED,
        /** The broker or the registry refused the topics. */
        NOT_PROVISIONED,
        /** The caller asked for what cannot be. */
        MISUSE
    }

    private final Trouble trouble;

    public StackException(Trouble trouble, String message) {
        super(message);
        this.trouble = trouble;
    }

    public StackException(Trouble trouble, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
