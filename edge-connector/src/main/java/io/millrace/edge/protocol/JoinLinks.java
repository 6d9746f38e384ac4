package io.millrace.edge.protocol;

import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Secrets of join links, 128 bits in base64url: a keyed function of conversation, user and key, so that every edge makes
 * the same for a retry. The log knows a link by its id, a hash of the secret, which opens nothing. Thread-safe.
 */
public final class JoinLinks {
    private static final int BYTES = 16;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Fingerprints key;

    public JoinLinks(Fingerprints key) {
        this.key = key;
    }

    String secret(ConversationId conversation, UserId user, ClientMessageId clientMessageId) {
        var content = "link\0" + conversation.value() + '\0' + user.value() + '\0' + clientMessageId.value();
        return text(key.hmac(content.getBytes(StandardCharsets.UTF_8)));
    }

    static String id(String secret) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String text(byte[] bytes) {
        return TEXT.encodeToString(Arrays.copyOf(bytes, BYTES));
    }
}
