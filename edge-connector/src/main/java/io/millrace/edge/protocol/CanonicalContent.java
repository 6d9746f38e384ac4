package io.millrace.edge.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are equal exactly when two asks mean the same: every value carries a tag and its length, keys are sorted,
 * numbers are compared as numbers (1.0 is 1, -0 is 0). A compatibility contract: a change makes every retry that is
 * under way a conflict.
 */
public final class CanonicalContent {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    CanonicalContent text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        tag('s', utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    CanonicalContent number(@Nullable Long number) {
        if (number == null) {
            tag('z', 0);
            return this;
        }
        return decimal(BigDecimal.valueOf(number));
    }

    CanonicalContent texts(List<String> texts) {
        tag('a', texts.size());
        texts.forEach(this::text);
        return this;
    }

    CanonicalContent json(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                var names = new ArrayList<String>();
                node.fieldNames().forEachRemaining(names::add);
                Collections.sort(names);
                tag('o', names.size());
                for (var name : names) {
                    text(name).json(node.get(name));
                }
            }
            case ARRAY -> {
                tag('a', node.size());
                node.forEach(this::json);
            }
            case STRING -> text(node.textValue());
            case NUMBER -> decimal(node.decimalValue());
            case BOOLEAN -> tag(node.booleanValue() ? 't' : 'f', 0);
            case NULL -> tag('z', 0);
            case BINARY, MISSING, POJO -> throw new IllegalStateException("parsed JSON has no " + node.getNodeType());
        }
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** Unscaled digits and exponent; never expanded, so 1e300 stays a few bytes. */
    private CanonicalContent decimal(BigDecimal number) {
        byte[] digits = number.stripTrailingZeros().toString().getBytes(StandardCharsets.US_ASCII);
        tag('n', digits.length);
        bytes.writeBytes(digits);
        return this;
    }

    private void tag(char tag, int length) {
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) tag).putInt(length).array());
    }
}
