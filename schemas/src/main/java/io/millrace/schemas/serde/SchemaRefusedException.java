package io.millrace.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refused a schema (incompatible, or not registered where registering is off). An operator must act. */
public final class SchemaRefusedException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public SchemaRefusedException(String message) {
        super(message);
    }
}
