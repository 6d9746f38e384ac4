package io.millrace.guarantees.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Development tokens (HS256), made here: asking the edge for ten thousand of them would be a load of its own. */
public final class Tokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long LIFE_SECONDS = 12 * 3600;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    private Tokens(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Those that the edges of the stack in that data directory honour. */
    public static Tokens of(Path data) throws IOException {
        return new Tokens(Files.readString(data.resolve("secrets").resolve("development-tokens"))
                .strip());
    }

    public String of(String user, long nowMs) {
        long now = nowMs / 1000;
        var head = part("{\"alg\":\"HS256\"}");
        var claims = part("{\"iss\":\"millrace-dev\",\"sub\":\"" + user + "\",\"iat\":" + now + ",\"exp\":"
                + (now + LIFE_SECONDS) + ",\"jti\":\"load-" + user + "\"}");
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var signed = head + "." + claims;
            return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
