package io.millrace.edge.protocol;

import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.record.Hash128;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed fingerprint that tells a retry from a conflict: HMAC-SHA256 over the canonical content of an ask (type,
 * resolved conversation, every known field but {@code ref}), first 16 bytes. All edges share the key; with another one
 * every retry would be a conflict. Thread-safe.
 */
public final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs;

    /** @param secret at least 16 characters; used as UTF-8 */
    public Fingerprints(String secret) {
        if (secret.length() < 16) {
            throw new IllegalArgumentException("the fingerprint key has at least 16 characters");
        }
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.macs = ThreadLocal.withInitial(this::mac);
    }

    /** Of an ask whose body goes into the log in the clear, or that has none. */
    public Hash128 of(Ask ask) {
        return of(ask, Optional.empty());
    }

    /**
     * @param bodyKey what the body is encrypted with. It is hashed with the content: fingerprints stay in the log for
     *     ever, and once the key is erased nobody, with all keys of the edges, can try what the body may have been
     */
    public Hash128 of(Ask ask, Optional<BodyKey> bodyKey) {
        var content = new CanonicalContent();
        bodyKey.ifPresent(key -> content.text(HexFormat.of().formatHex(key.bytes())));
        content.text(type(ask));
        content.text(ask.conversation().value());
        ask.writeTo(content);
        return new Hash128(Arrays.copyOf(hmac(content.toBytes()), 16));
    }

    byte[] hmac(byte[] content) {
        return macs.get().doFinal(content);
    }

    private static String type(Ask ask) {
        return ask instanceof Ask.OfConversation command
                ? command.type().name()
                : ((Ask.OfTimeline) ask).type().name();
    }

    private Mac mac() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
