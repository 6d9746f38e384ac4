package io.millrace.edge.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object and refuses whatever two readers could understand differently: duplicate keys, trailing
 * tokens, nesting beyond 32, NaN, integers beyond 64 bits, fractions beyond a double, NUL and lone surrogates, and
 * bytes that are anything but shortest-form UTF-8 without a byte order mark. Keeps the text of the top-level {@code body} exactly as it came. Thread-safe.
 */
public final class StrictJson {
    /** Levels of objects and arrays, the outermost included. */
    static final int MAX_DEPTH = 32;

    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(64)
                    .maxNameLength(256)
                    .build())
            .build();

    private StrictJson() {}

    /**
     * Reads the object.
     *
     * @param utf8 the whole text
     * @throws RefusedException {@code bad_frame} if it is not exactly one strict JSON object
     */
    public static JsonDocument read(byte[] utf8) throws RefusedException {
        checkUtf8(utf8);
        try (var parser = FACTORY.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw bad("a JSON object is expected");
            }
            var root = NODES.objectNode();
            byte @Nullable [] body = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = text(parser.currentName());
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                root.set(name, value(parser));
                if (name.equals("body")) {
                    int end = (int) parser.currentLocation().getByteOffset();
                    body = Arrays.copyOfRange(utf8, start, end);
                }
            }
            if (parser.nextToken() != null) {
                throw bad("something follows the JSON object");
            }
            return new JsonDocument(root, body);
        } catch (IOException e) {
            // Jackson's message may quote the input, so it is not passed on.
            throw bad("not strict JSON");
        }
    }

    /**
     * Jackson takes overlong UTF-8, and guesses UTF-16 and UTF-32 by their zero bytes. The body is passed on byte for
     * byte, so what is wrong in it would end the connections of everybody it is pushed to.
     */
    private static void checkUtf8(byte[] bytes) throws RefusedException {
        for (byte b : bytes) {
            if (b == 0) {
                throw bad("the text is not UTF-8");
            }
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
                throw bad("the text begins with a byte order mark");
            }
        } catch (CharacterCodingException e) {
            throw bad("the text is not UTF-8");
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException, RefusedException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(text(parser.getText()));
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> NODES.numberNode(parser.getLongValue());
                    default -> throw bad("an integer is out of range");
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(fraction(parser.getText()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw bad("not strict JSON");
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException, RefusedException {
        var object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = text(parser.currentName());
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    /** Range first, by the cheap double: the exact value of 1e999999 is never built. */
    private static BigDecimal fraction(String digits) throws RefusedException {
        double rough = Double.parseDouble(digits);
        if (Double.isInfinite(rough)) {
            throw bad("a number is out of range");
        }
        return rough == 0 ? BigDecimal.ZERO : new BigDecimal(digits);
    }

    private static String text(String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw bad("a string contains NUL");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw bad("a string contains a lone surrogate");
                }
                i++;
            }
        }
        return text;
    }

    private static RefusedException bad(String message) {
        return new RefusedException(ErrorCode.BAD_FRAME, message);
    }
}
