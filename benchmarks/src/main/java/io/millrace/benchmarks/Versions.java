package io.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What is measured, as the build knows it. */
final class Versions {
    private Versions() {}

    static Map<String, String> read() {
        var all = new LinkedHashMap<String, String>();
        var built = new Properties();
        try (var file = Versions.class.getResourceAsStream("versions.properties")) {
            if (file != null) {
                built.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("versions.properties cannot be read", e);
        }
        built.stringPropertyNames().stream().sorted().forEach(name -> all.put(name, built.getProperty(name)));
        all.put("commit", System.getProperty("millrace.commit", "unknown"));
        all.put("java", System.getProperty("java.vm.version"));
        return all;
    }
}
