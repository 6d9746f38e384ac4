package io.millrace.localstack.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody says of webhooks in the form of that service's own settings. Only whether there is a subscriber is looked
 * at here; the service judges the rest.
 */
public record WebhookSettings(Map<String, Object> tree) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    public WebhookSettings {
        tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree)); // values may be null
    }

    /** @throws StackException if the file cannot be read or is no map of settings; it does not repeat the file */
    public static WebhookSettings in(Path file) {
        try {
            var tree = YAML.readTree(file.toFile());
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                return new WebhookSettings(Map.of());
            }
            if (tree.isObject()) {
                return new WebhookSettings(YAML.convertValue(tree, new TypeReference<Map<String, Object>>() {}));
            }
        } catch (JsonProcessingException e) {
            throw noMap(file); // its message would repeat what stands there
        } catch (IOException e) {
            throw new StackException(Trouble.MISUSE, file + " cannot be read: " + e, e);
        }
        throw noMap(file);
    }

    private static StackException noMap(Path file) {
        return new StackException(Trouble.MISUSE, file + " is no YAML map of settings");
    }

    public boolean hasSubscribers() {
        return tree.get("subscribers") instanceof List<?> subscribers && !subscribers.isEmpty();
    }

    /** Names nothing: there may be a secret in it. */
    @Override
    public String toString() {
        return "WebhookSettings[" + tree.size() + " keys]";
    }
}
