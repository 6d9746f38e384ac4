package io.millrace.service.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Loads a tree of records: defaults (a component that is not given is null or zero, and the compact constructor chooses),
 * then the YAML file of {@code --config}, then the environment. {@code edge.http.port} is {@code MILLRACE_EDGE_HTTP_PORT}
 * in the environment and {@code http: {port: …}} in the file. Unknown keys are refused with their path.
 */
public final class ConfigLoader {
    private final ObjectMapper mapper = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()));
    private final String prefix;

    /** @param service first word of every path, for example {@code edge} */
    public ConfigLoader(String service) {
        this.prefix = "MILLRACE_" + service.toUpperCase(Locale.ROOT) + "_";
    }

    /**
     * Loads the settings.
     *
     * @throws ConfigException if the file cannot be read, a key is unknown or a value is refused
     */
    public <C extends Record> C load(Class<C> type, List<String> args, Map<String, String> environment) {
        var tree = fileTree(args);
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                override(tree, type, name.substring(prefix.length()), name, value);
            }
        });
        try {
            return mapper.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw explain(e);
        }
    }

    private ObjectNode fileTree(List<String> args) {
        int at = args.indexOf("--config");
        if (at < 0) {
            return mapper.createObjectNode();
        }
        if (at + 1 >= args.size()) {
            throw new ConfigException("--config needs a file");
        }
        var file = Path.of(args.get(at + 1));
        try {
            var tree = mapper.readTree(Files.readString(file));
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                return mapper.createObjectNode();
            }
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new ConfigException(file + ": a settings file is a map of keys");
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + " is no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e, e);
        }
    }

    private void override(ObjectNode node, Class<?> type, String path, String variable, String value) {
        for (RecordComponent component : type.getRecordComponents()) {
            var name = upperSnake(component.getName());
            if (path.equals(name)) {
                node.put(component.getName(), value);
                return;
            }
            if (component.getType().isRecord() && path.startsWith(name + "_")) {
                var child = node.get(component.getName()) instanceof ObjectNode present
                        ? present
                        : node.putObject(component.getName());
                override(child, component.getType(), path.substring(name.length() + 1), variable, value);
                return;
            }
        }
        throw new ConfigException("the environment variable " + variable + " matches no setting; accepted here: "
                + Arrays.stream(type.getRecordComponents())
                        .map(c -> upperSnake(c.getName()))
                        .collect(Collectors.joining(", ")));
    }

    private static ConfigException explain(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new ConfigException(
                    path(unknown) + " is no setting; accepted here: " + unknown.getKnownPropertyIds(), e);
        }
        if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return new ConfigException(path(refused) + ": " + refused.getCause().getMessage(), e);
        }
        if (e instanceof JsonMappingException mapping) {
            return new ConfigException(path(mapping) + ": " + mapping.getOriginalMessage(), e);
        }
        return new ConfigException(e.getOriginalMessage(), e);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String upperSnake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
