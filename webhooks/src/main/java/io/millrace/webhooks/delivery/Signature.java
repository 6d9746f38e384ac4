package io.millrace.webhooks.delivery;

import io.millrace.service.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code t=<unix seconds>,v1=<hex>}, in which {@code v1} is HMAC-SHA256 of {@code <t>.<body>}; once for each secret, so
 * that a receiver may know either. The time is under the signature: what was recorded cannot be sent again later.
 */
final class Signature {
    static final String HEADER = "Millrace-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(Instant now, byte[] body, List<Secret> secrets) {
        long seconds = now.getEpochSecond();
        var header = new StringBuilder("t=").append(seconds);
        for (var secret : secrets) {
            header.append(",v1=").append(hex(secret, seconds, body));
        }
        return header.toString();
    }

    private static String hex(Secret secret, long seconds, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
