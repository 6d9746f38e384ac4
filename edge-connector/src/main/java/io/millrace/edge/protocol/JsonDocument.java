package io.millrace.edge.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import java.util.Optional;
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
        return userId("user", fields().text("user"));
    }

    /**
     * The field {@code as}, whom the request is to be from, if it has one.
     *
     * @throws RefusedException {@code invalid} if it is no user id
     */
    public Optional<UserId> as() throws RefusedException {
        var as = fields().optionalText("as");
        return as == null ? Optional.empty() : Optional.of(userId("as", as));
    }

    private static UserId userId(String name, String text) throws RefusedException {
        try {
            return new UserId(text);
        } catch (InvalidIdException e) {
            throw Fields.invalid(name + ": " + e.getMessage());
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
