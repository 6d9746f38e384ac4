package io.millrace.guarantees.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a body without showing it: the same for the same JSON value, whatever the order of its fields. */
public final class BodyHash {
    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private BodyHash() {}

    /** Of a body that was read or is about to be sent. */
    public static String of(JsonNode body) {
        try {
            byte[] text = SORTED.writeValueAsBytes(SORTED.treeToValue(body, Object.class));
            return hex(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree that was read can be written", e);
        }
    }

    /** Of a body as its JSON text; of text that is no JSON, the text's own. */
    public static String ofText(byte[] json) {
        try {
            return of(SORTED.readTree(json));
        } catch (IOException e) {
            return hex(json);
        }
    }

    private static String hex(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
