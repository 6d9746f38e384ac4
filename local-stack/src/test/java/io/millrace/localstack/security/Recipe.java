package io.millrace.localstack.security;

import io.millrace.localstack.BuiltParts;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Blocks of the runbook, with values of a test in place of its paths and of its dots for passwords. */
final class Recipe {
    static final Path PAGE = BuiltParts.repository().resolve("runbooks/secure-servers.md");

    /** Stands in the page where a password goes. */
    static final String DOTS = "…";

    private Recipe() {}

    /** The only block of that language that has this word in it. */
    static String block(String language, String word) {
        try {
            List<String> found = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                    .matcher(Files.readString(PAGE))
                    .results()
                    .map(block -> block.group(1))
                    .filter(block -> block.contains(word))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException(found.size() + " blocks of " + language + " have " + word);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings of a broker. */
    static Map<String, String> broker(Certificates certificates, String adminPassword) {
        return properties(block("properties", "super.users"), certificates, "broker", adminPassword);
    }

    /** Settings of a client; the block is that of {@code edge}. */
    static Map<String, String> client(Certificates certificates, String user, String password) {
        var settings = properties(block("properties", "security.protocol=SASL_SSL"), certificates, user, password);
        settings.computeIfPresent(
                "sasl.jaas.config", (key, value) -> value.replace("username=\"edge\"", "username=\"" + user + "\""));
        return settings;
    }

    private static Map<String, String> properties(
            String block, Certificates certificates, String owner, String password) {
        var read = new Properties();
        try {
            read.load(new StringReader(block));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var settings = new LinkedHashMap<String, String>();
        read.stringPropertyNames().forEach(key -> {
            var value = read.getProperty(key);
            if (key.endsWith("keystore.location")) {
                value = certificates.keyStore(owner).toString();
            } else if (key.endsWith("truststore.location")) {
                value = certificates.authorities().toString();
            } else if (key.endsWith("sasl.jaas.config")) {
                value = value.replace(DOTS, password);
            } else {
                value = value.replace(DOTS, certificates.password());
            }
            settings.put(key, value);
        });
        return settings;
    }
}
