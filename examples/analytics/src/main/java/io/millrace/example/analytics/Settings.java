package io.millrace.example.analytics;

import io.millrace.schemas.topic.ClientFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the application is told by its environment.
 *
 * @param client how Kafka is reached
 * @param registry address of the schema registry
 * @param port of the page, on loopback; 0 for any that is free
 * @param state directory of the stores
 */
record Settings(Map<String, Object> client, String registry, int port, Path state) {
    /** @throws IllegalArgumentException if something is missing or is no number */
    static Settings of(Map<String, String> environment) {
        var client = ClientFile.settings(required(environment, "KAFKA"), environment.get("CLIENT_PROPERTIES"));
        return new Settings(
                client,
                required(environment, "REGISTRY"),
                port(environment.getOrDefault("PORT", "27400")),
                Path.of(environment.getOrDefault("STATE", "tap-analytics-state")));
    }

    Properties streams() {
        var all = new HashMap<>(client);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, AnalyticsTopology.APPLICATION);
        all.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecords.class);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        // after a kill, its successor need not wait for long
        all.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 10_000);
        // one record per minute and second, however much happens
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000);
        // events and receipts are taken in the order of their times, as far as they are there
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 500);
        var properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private static String required(Map<String, String> environment, String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("PORT is no number: " + text, e);
        }
        throw new IllegalArgumentException("PORT is no port: " + text);
    }
}
