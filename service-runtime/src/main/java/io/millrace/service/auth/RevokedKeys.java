package io.millrace.service.auth;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is revoked, by the keys of the topic: {@code user:<id>} and {@code token:<jti>}. Thread-safe. */
final class RevokedKeys {
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();

    /** A user's tokens issued before {@code instant} are revoked, or, whatever the instant, a token. */
    void add(String key, Instant instant) {
        notBefore.put(key, instant);
    }

    /** All that the key names is revoked until another record of the key says otherwise. */
    void addAll(String key) {
        notBefore.put(key, Instant.MAX);
    }

    void lift(String key) {
        notBefore.remove(key);
    }

    /** A token says in whole seconds when it was issued, so one issued within a revocation's second is covered by it. */
    boolean covers(VerifiedToken token) {
        var ofUser = notBefore.get("user:" + token.user());
        return (ofUser != null && token.issuedAt().isBefore(ofUser))
                || (token.tokenId() != null && notBefore.containsKey("token:" + token.tokenId()));
    }
}
