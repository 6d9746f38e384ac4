package io.millrace.edge.protocol;

import org.jspecify.annotations.Nullable;

/** One frame from a client: its type, its {@code ref} and the object it was. Shows no content in {@code toString}. */
public final class ClientFrame {
    /** Types of frames that a client may send. */
    public enum Type {
        HELLO,
        AUTH,
        SEND,
        EDIT,
        RECALL,
        REACT,
        READ,
        SETTINGS,
        DELETE,
        BLOCK,
        UNBLOCK,
        UNSCHEDULE,
        TYPING,
        PRESENCE,
        ACK,
        PING
    }

    private final Type type;
    private final @Nullable Long ref;
    private final JsonDocument json;

    ClientFrame(Type type, @Nullable Long ref, JsonDocument json) {
        this.type = type;
        this.ref = ref;
        this.json = json;
    }

    public Type type() {
        return type;
    }

    /** The client's number for its direct answers; null when it gave none. */
    public @Nullable Long ref() {
        return ref;
    }

    public JsonDocument json() {
        return json;
    }

    @Override
    public String toString() {
        return "ClientFrame[" + type + "]";
    }
}
