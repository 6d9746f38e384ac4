package io.millrace.schemas.topic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Kafka client settings of a command line, from a properties file as Kafka's own tools take it ({@code --command-config}). */
public final class ClientFile {
    private ClientFile() {}

    /**
     * The settings of the file and these servers.
     *
     * @param file null where the servers ask for nothing
     */
    public static Map<String, Object> settings(String bootstrapServers, @Nullable String file) {
        var settings = new HashMap<String, Object>();
        if (file != null && !file.isBlank()) {
            var properties = new Properties();
            try (var in = Files.newBufferedReader(Path.of(file))) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        }
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }
}
