package io.millrace.schemas.serde;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How a registry knows us and we know it.
 *
 * @param userInfo user and password with a colon between, sent with every request; null: none
 * @param trustStore key store of those who may sign its certificate; null: whom the JVM trusts
 * @param trustStorePassword of that key store
 */
record RegistryAccess(
        @Nullable String userInfo,
        @Nullable String trustStore,
        @Nullable String trustStorePassword) {
    /** Open to everybody, or with a certificate that everybody trusts. */
    static final RegistryAccess OPEN = new RegistryAccess(null, null, null);

    static RegistryAccess of(Map<String, ?> configs) {
        return new RegistryAccess(
                text(configs, SerdeConfig.BASIC_AUTH),
                text(configs, SerdeConfig.TRUST_STORE),
                text(configs, SerdeConfig.TRUST_STORE_PASSWORD));
    }

    Optional<String> authorization() {
        return Optional.ofNullable(userInfo)
                .map(given -> "Basic " + Base64.getEncoder().encodeToString(given.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws ConfigException if the trust store cannot be used */
    HttpClient client(Duration connectTimeout) {
        var client = HttpClient.newBuilder().connectTimeout(connectTimeout);
        return trustStore == null
                ? client.build()
                : client.sslContext(trusting(trustStore)).build();
    }

    private SSLContext trusting(String file) {
        try {
            var password = trustStorePassword == null ? null : trustStorePassword.toCharArray();
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(new File(file), password));
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigException(SerdeConfig.TRUST_STORE + " " + file + " cannot be used: " + e.getMessage());
        }
    }

    private static @Nullable String text(Map<String, ?> configs, String key) {
        return configs.get(key) instanceof String text ? text : null;
    }

    @Override
    public String toString() {
        return "RegistryAccess[" + (userInfo == null ? "nobody" : "somebody") + ", " + trustStore + "]";
    }
}
