package io.millrace.localstack.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of its own and what it signs, made with {@code keytool}; all stores have one password. */
final class Certificates {
    private final Path directory;
    private final String password;

    Certificates(Path directory, String password) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        this.password = password;
        keytool("-genkeypair -alias ca -dname CN=authority -ext bc:c=ca:true -keyalg EC -groupname secp256r1 -validity"
                + " 30 -storetype PKCS12 -keystore ca.p12");
        keytool("-exportcert -rfc -alias ca -keystore ca.p12 -file authorities.pem");
        keytool("-importcert -noprompt -alias ca -file authorities.pem -storetype PKCS12 -keystore authorities.p12");
    }

    /** A key with a certificate for {@code CN=<name>} on 127.0.0.1, and on no name. */
    void issue(String name) throws IOException, InterruptedException {
        var store = "-storetype PKCS12 -keystore " + name + ".p12";
        keytool("-genkeypair -alias own -dname CN=" + name + " -keyalg EC -groupname secp256r1 -validity 30 " + store);
        keytool("-certreq -alias own -file " + name + ".csr " + store);
        keytool("-gencert -rfc -alias ca -keystore ca.p12 -validity 30 -ext san=ip:127.0.0.1 -infile " + name
                + ".csr -outfile " + name + ".pem");
        keytool("-importcert -noprompt -alias ca -file authorities.pem " + store);
        keytool("-importcert -noprompt -alias own -file " + name + ".pem " + store);
    }

    String password() {
        return password;
    }

    Path keyStore(String name) {
        return directory.resolve(name + ".p12");
    }

    /** Key store with the authority's certificate. */
    Path authorities() {
        return directory.resolve("authorities.p12");
    }

    /** The authority's certificate as PEM. */
    Path authoritiesPem() {
        return directory.resolve("authorities.pem");
    }

    /** Trusts the authority and shows this certificate to who asks. */
    SSLContext context(String name) throws GeneralSecurityException, IOException {
        var chars = password.toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore(name).toFile(), chars), chars);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(authorities().toFile(), chars));
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void keytool(String arguments) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(arguments.split(" ")));
        line.addAll(List.of("-storepass:env", "STORE_PASSWORD"));
        var log = directory.resolve("keytool.log");
        var builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("STORE_PASSWORD", password);
        var process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool " + arguments + " failed: " + Files.readString(log));
        }
    }
}
