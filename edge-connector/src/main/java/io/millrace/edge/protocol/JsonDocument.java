package io.millrace.edge.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import org.jspecify.annotations.Nullable;

/** A strictly read JSON object, with the text of its {@code body} as it came. Shows none of it in {@code toString}. */
public final class JsonDocument {
    private final ObjectNode root;
    private final byte @Nullable [] body;

    JsonDocument(ObjectNode root, byte @Nullable [] body) {
        this.root = root;
        this.body = body;
    }

    /**
     * The field {@code user} as a user id.
     *
     * @throws RefusedException {@code invalid} if it is none
     */
    public UserId user() throws RefusedException {
        try {
            return new UserId(fields().text("user"));
        } catch (InvalidIdException e) {
            throw Fields.invalid("user: " + e.getMessage());
        }
    }

    Fields fields() {
        return new Fields(root);
    }

    /** UTF-8 of the value of {@code body}, byte for byte; null when there is none. */
    byte @Nullable [] body() {
        return body;
    }

    @Override
    public String toString() {
        return "JsonDocument[redacted]";
    }
}
