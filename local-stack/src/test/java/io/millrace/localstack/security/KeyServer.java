package io.millrace.localstack.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An issuer of tokens: serves its public keys as a JWK set, and signs with any of them, served or not. */
final class KeyServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, KeyPair> all = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile List<String> served = List.of();

    KeyServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            var keys = served.stream().map(this::jwk).toList();
            var body = JSON.writeValueAsBytes(Map.of("keys", keys));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    }

    /** Exactly these keys are in the set from now on; new ones are made. */
    void serve(String... kids) throws GeneralSecurityException {
        for (var kid : kids) {
            if (!all.containsKey(kid)) {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                all.put(kid, generator.generateKeyPair());
            }
        }
        served = List.of(kids);
    }

    /** A token of ten minutes. */
    String token(String kid, String user) throws GeneralSecurityException, IOException {
        long now = Instant.now().getEpochSecond();
        var head = JSON.writeValueAsBytes(Map.of("alg", "ES256", "kid", kid));
        var claims = JSON.writeValueAsBytes(Map.of(
                "iss",
                SecuredStack.ISSUER,
                "sub",
                user,
                "iat",
                now,
                "exp",
                now + 600,
                "jti",
                "t-" + UUID.randomUUID()));
        var signed = BASE64.encodeToString(head) + "." + BASE64.encodeToString(claims);
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(all.get(kid).getPrivate());
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    private Map<String, String> jwk(String kid) {
        var point = ((ECPublicKey) all.get(kid).getPublic()).getW();
        return Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "use",
                "sig",
                "kid",
                kid,
                "x",
                coordinate(point.getAffineX()),
                "y",
                coordinate(point.getAffineY()));
    }

    private static String coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var coordinate = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(
                Arrays.copyOfRange(bytes, bytes.length - length, bytes.length), 0, coordinate, 32 - length, length);
        return BASE64.encodeToString(coordinate);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
