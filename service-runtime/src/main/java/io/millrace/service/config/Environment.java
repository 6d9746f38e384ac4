package io.millrace.service.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays variables like {@code MILLRACE_EDGE_HTTP_PORT} over a tree of settings. Lists and maps are written as YAML. */
final class Environment {
    private final ObjectMapper yaml;
    private final String prefix;

    Environment(ObjectMapper yaml, String service) {
        this.yaml = yaml;
        this.prefix = "MILLRACE_" + upperSnake(service) + "_";
    }

    /** Variables without the service's prefix are not looked at. */
    void applyTo(ObjectNode tree, Class<?> type, Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.startsWith(prefix) && !set(tree, type, name.substring(prefix.length()), name, value)) {
                throw new ConfigException("the environment variable " + name + " matches no setting; accepted: "
                        + names(type).map(path -> prefix + path).collect(Collectors.joining(", ")));
            }
        });
    }

    /** Names are ambiguous where {@code http.port} and {@code httpPort} both exist; the first component in order wins. */
    private boolean set(ObjectNode node, Class<?> type, String path, String variable, String value) {
        for (RecordComponent component : type.getRecordComponents()) {
            var name = upperSnake(component.getName());
            if (path.equals(name) && !isGroup(component)) {
                node.set(component.getName(), parse(component, variable, value));
                return true;
            }
            if (path.startsWith(name + "_") && isGroup(component)) {
                var present = node.get(component.getName()) instanceof ObjectNode object ? object : null;
                var child = present == null ? yaml.createObjectNode() : present;
                if (set(child, component.getType(), path.substring(name.length() + 1), variable, value)) {
                    node.set(component.getName(), child);
                    return true;
                }
            }
        }
        return false;
    }

    private JsonNode parse(RecordComponent component, String variable, String value) {
        var type = component.getType();
        if (!Collection.class.isAssignableFrom(type) && !Map.class.isAssignableFrom(type)) {
            return yaml.getNodeFactory().textNode(value);
        }
        try {
            return yaml.readTree(value);
        } catch (JsonProcessingException e) {
            throw new ConfigException("the environment variable " + variable + " is no YAML list or map", e);
        }
    }

    private static Stream<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(c -> {
            var name = upperSnake(c.getName());
            return isGroup(c) ? names(c.getType()).map(below -> name + "_" + below) : Stream.of(name);
        });
    }

    private static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord() && component.getType() != Secret.class;
    }

    private static String upperSnake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
