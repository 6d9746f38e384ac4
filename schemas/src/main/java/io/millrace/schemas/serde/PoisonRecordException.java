package io.millrace.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes are no record of ours and never will be: dead-letter it. The message never contains content. */
public final class PoisonRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** Why the bytes cannot be taken. */
    public enum Cause {
        NOT_AVRO,
        UNKNOWN_SCHEMA
    }

    private final Cause kind;

    public PoisonRecordException(Cause kind, String message) {
        super(message);
        this.kind = kind;
    }

    public PoisonRecordException(Cause kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Cause kind() {
        return kind;
    }
}
