package io.millrace.timeline.cassandra;

import com.datastax.driver.core.SSLOptions;
import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to Cassandra: 1.2 and 1.3. Files are read at the start; a new certificate takes a restart.
 *
 * @param trustStore who may sign the nodes' certificates: a PEM file of certificates, or a key store with
 *     {@code trustStorePassword}; none: whom the JVM trusts
 * @param trustStorePassword of the key store
 * @param keyStore PKCS #12 file with our own certificate, where the nodes ask for one
 * @param keyStorePassword of the file and of the key in it
 * @param verifyHost whether a node's certificate must name the address it was reached by; default true
 */
public record StoreTls(
        @Nullable String trustStore,
        @Nullable Secret trustStorePassword,
        @Nullable String keyStore,
        @Nullable Secret keyStorePassword,
        Boolean verifyHost) {
    public StoreTls {
        verifyHost = verifyHost == null || verifyHost;
        if ((keyStore == null) != (keyStorePassword == null)) {
            throw new ConfigException("cassandra.tls.keyStore and keyStorePassword are given together");
        }
        if (trustStore == null && trustStorePassword != null) {
            throw new ConfigException("cassandra.tls.trustStorePassword needs trustStore");
        }
    }

    /** @throws ConfigException if a file cannot be used */
    SSLOptions options() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return new NodeTls(context, verifyHost);
        } catch (GeneralSecurityException e) {
            throw new ConfigException("cassandra.tls cannot be used: " + e.getMessage());
        }
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException {
        if (keyStore == null || keyStorePassword == null) {
            return null;
        }
        char[] password = keyStorePassword.value().toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load("keyStore", keyStore, password), password);
        return keys.getKeyManagers();
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException {
        if (trustStore == null) {
            return null;
        }
        var trusted = trustStorePassword == null
                ? certificates(trustStore)
                : load("trustStore", trustStore, trustStorePassword.value().toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    private static KeyStore load(String setting, String file, char[] password) {
        try {
            return KeyStore.getInstance(new File(file), password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigException("cassandra.tls." + setting + " " + file + " cannot be used: " + e.getMessage());
        }
    }

    private static KeyStore certificates(String file) throws GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (var in = Files.newInputStream(Path.of(file))) {
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException("cassandra.tls.trustStore " + file + " is no PEM file of certificates: "
                    + e.getMessage() + "; a key store needs trustStorePassword");
        }
        if (store.size() == 0) {
            throw new ConfigException("cassandra.tls.trustStore " + file + " has no certificate");
        }
        return store;
    }
}
