package io.millrace.client.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Strict JSON (no duplicate keys, nothing after the end) and typed access to the fields of an object. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .configure(JsonParser.Feature.AUTO_CLOSE_SOURCE, true)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws MalformedFrameException if the text is not one JSON object */
    public static ObjectNode parseObject(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedFrameException("not a JSON object");
        } catch (JsonProcessingException e) {
            // The cause would quote the text, and with it a message.
            throw new MalformedFrameException(
                    "not JSON at column " + e.getLocation().getColumnNr());
        }
    }

    public static String write(JsonNode node) {
        return node.toString();
    }

    public static long number(JsonNode node, String field) {
        Long value = numberOrNull(node, field);
        if (value == null) {
            throw new MalformedFrameException("no integer " + field);
        }
        return value;
    }

    public static long number(JsonNode node, String field, long absent) {
        Long value = numberOrNull(node, field);
        return value == null ? absent : value;
    }

    public static @Nullable Long numberOrNull(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    public static String text(JsonNode node, String field) {
        String value = textOrNull(node, field);
        if (value == null) {
            throw new MalformedFrameException("no text " + field);
        }
        return value;
    }

    public static @Nullable String textOrNull(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    public static boolean flag(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    public static @Nullable JsonNode nodeOrNull(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** The fields of an object that are texts. */
    public static Map<String, String> texts(JsonNode node, String field) {
        var texts = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> each : node.path(field).properties()) {
            if (each.getValue().isTextual()) {
                texts.put(each.getKey(), each.getValue().textValue());
            }
        }
        return texts;
    }

    /** The texts of an array; an element that is an object stands for its field {@code user}. */
    public static List<String> names(JsonNode node, String field) {
        var names = new ArrayList<String>();
        JsonNode array = node.get(field);
        if (array != null && array.isArray()) {
            for (JsonNode element : array) {
                names.add(element.isTextual() ? element.textValue() : text(element, "user"));
            }
        }
        return names;
    }
}
