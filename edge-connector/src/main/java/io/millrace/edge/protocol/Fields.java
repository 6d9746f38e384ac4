package io.millrace.edge.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Typed access to the fields of an object from outside. Null counts as absent; a wrong type is refused by the field's name. */
final class Fields {
    private final ObjectNode object;

    Fields(ObjectNode object) {
        this.object = object;
    }

    @Nullable
    JsonNode optional(String name) {
        var node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    @Nullable
    String optionalText(String name) throws RefusedException {
        var node = optional(name);
        if (node != null && !node.isTextual()) {
            throw invalid(name + " is a string");
        }
        return node == null ? null : node.textValue();
    }

    String text(String name) throws RefusedException {
        var text = optionalText(name);
        if (text == null) {
            throw invalid(name + " is missing");
        }
        return text;
    }

    /** A 64-bit integer written as an integer: 1.0 and 1e0 are none. */
    @Nullable
    Long optionalInteger(String name) throws RefusedException {
        var node = optional(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            throw invalid(name + " is an integer");
        }
        return node.longValue();
    }

    /** An integer of at least {@code min}. */
    long integer(String name, long min) throws RefusedException {
        var number = optionalInteger(name);
        if (number == null) {
            throw invalid(name + " is missing");
        }
        return atLeast(name, number, min);
    }

    @Nullable
    Long optionalInteger(String name, long min) throws RefusedException {
        var number = optionalInteger(name);
        return number == null ? null : (Long) atLeast(name, number, min);
    }

    /** Whether the field stands there, be it null. */
    boolean has(String name) {
        return object.has(name);
    }

    @Nullable
    Boolean optionalFlag(String name) throws RefusedException {
        var node = optional(name);
        if (node != null && !node.isBoolean()) {
            throw invalid(name + " is true or false");
        }
        return node == null ? null : (Boolean) node.booleanValue();
    }

    boolean flag(String name) throws RefusedException {
        return Boolean.TRUE.equals(optionalFlag(name));
    }

    @Nullable
    Fields optionalObject(String name) throws RefusedException {
        var node = optional(name);
        if (node != null && !node.isObject()) {
            throw invalid(name + " is an object");
        }
        return node == null ? null : new Fields((ObjectNode) node);
    }

    /** The object as JSON text. */
    byte[] utf8() {
        return object.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Strings of an array without doubles, in the order given; absent is empty. */
    List<String> texts(String name, int max) throws RefusedException {
        var node = optional(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw invalid(name + " is an array");
        }
        if (node.size() > max) {
            throw invalid(name + " has at most " + max + " elements");
        }
        var texts = new LinkedHashSet<String>();
        for (var element : node) {
            if (!element.isTextual()) {
                throw invalid(name + " is an array of strings");
            }
            texts.add(element.textValue());
        }
        return new ArrayList<>(texts);
    }

    private static long atLeast(String name, long number, long min) throws RefusedException {
        if (number < min) {
            throw invalid(name + " is at least " + min);
        }
        return number;
    }

    static RefusedException invalid(String message) {
        return new RefusedException(ErrorCode.INVALID, message);
    }
}
