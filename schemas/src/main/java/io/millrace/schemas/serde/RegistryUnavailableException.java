package io.millrace.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry could not be asked. It says nothing about the record: stop or retry, never dead-letter. */
public final class RegistryUnavailableException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public RegistryUnavailableException(String message) {
        super(message);
    }
}
