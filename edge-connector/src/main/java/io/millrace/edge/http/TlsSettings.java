package io.millrace.edge.http;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The edge's own certificate. Without one it speaks plain HTTP, and whatever ends TLS stands before it.
 *
 * @param keyStore PKCS #12 file with the private key and its chain
 * @param password of the file and of the key in it
 */
public record TlsSettings(
        @Nullable String keyStore, @Nullable Secret password) {
    public TlsSettings {
        if (keyStore == null || keyStore.isBlank() || password == null) {
            throw new ConfigException("http.tls names keyStore, a PKCS #12 file, and its password");
        }
    }

    /** @throws ConfigException if the key store cannot be used */
    SSLContext context() {
        if (keyStore == null || password == null) {
            throw new IllegalStateException("checked when made");
        }
        char[] chars = password.value().toCharArray();
        try (var file = Files.newInputStream(Path.of(keyStore))) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, chars);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, chars);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException("http.tls.keyStore cannot be used: " + e.getMessage());
        }
    }
}
