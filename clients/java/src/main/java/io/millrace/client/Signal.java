package io.millrace.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is told to those who are there, and never again. */
public sealed interface Signal {
    /** Somebody is writing. */
    record Typing(String conversation, String from) implements Signal {}

    /**
     * Whether somebody is there; told for five minutes to who asked.
     *
     * @param sinceMs epoch milliseconds; null where it is not known
     */
    record Presence(
            String conversation,
            String user,
            boolean online,
            @Nullable Long sinceMs) implements Signal {}

    /** A message that nobody keeps, of kind {@code call}. */
    record Transient(String conversation, String from, long atMs, JsonNode body) implements Signal {
        /** Without what it carries. */
        @Override
        public String toString() {
            return "Transient[conversation=" + conversation + ", from=" + from + "]";
        }
    }

    /**
     * How far a member's devices have got.
     *
     * @param delivered seq through which messages are on a device of the user, null where only {@code read} is told
     */
    record Receipt(
            String conversation,
            String user,
            @Nullable Long delivered,
            @Nullable Long read) implements Signal {}

    /** Empty for a frame that is no signal of this client's. */
    static Optional<Signal> read(String type, JsonNode frame) {
        return switch (type) {
            case "typing" -> Optional.of(new Typing(Json.text(frame, "conversation"), Json.text(frame, "from")));
            case "presence" ->
                Optional.of(new Presence(
                        Json.text(frame, "conversation"),
                        Json.text(frame, "user"),
                        Json.text(frame, "state").equals("online"),
                        Json.numberOrNull(frame, "since")));
            case "transient" ->
                Optional.of(new Transient(
                        Json.text(frame, "conversation"),
                        Json.text(frame, "from"),
                        Json.number(frame, "at", 0),
                        frame.path("body")));
            case "receipt" ->
                Optional.of(new Receipt(
                        Json.text(frame, "conversation"),
                        Json.text(frame, "user"),
                        Json.numberOrNull(frame, "delivered"),
                        Json.numberOrNull(frame, "read")));
            default -> Optional.empty();
        };
    }
}
