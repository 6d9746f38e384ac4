package io.millrace.service.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Loads a tree of records: defaults (a component that is not given is null or zero, and the compact constructor chooses),
 * then the YAML file of {@code --config}, then the environment. {@code edge.http.port} is {@code MILLRACE_EDGE_HTTP_PORT}
 * in the environment and {@code http: {port: …}} in the file. Unknown keys and keys that stand twice are refused with
 * their path. Messages never repeat a line of the file: it may hold a secret.
 */
public final class ConfigLoader {
    private final ObjectMapper mapper = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()));
    private final String service;

    /** @param service first word of every path, for example {@code edge} */
    public ConfigLoader(String service) {
        this.service = service;
    }

    /**
     * Loads the settings.
     *
     * @throws ConfigException if the file cannot be read, a key is unknown or a value is refused
     */
    public <C extends Record> C load(Class<C> type, List<String> args, Map<String, String> environment) {
        var tree = fileTree(args);
        new Environment(mapper, service).applyTo(tree, type, environment);
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
            var problem = e.getOriginalMessage().lines().findFirst().orElse("");
            var where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new ConfigException(file + " is no YAML" + where + ": " + problem, e);
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e, e);
        }
    }

    /** Jackson's own messages and causes quote what was given, so neither is passed on. */
    private ConfigException explain(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new ConfigException(
                    path(unknown) + " is no setting; accepted here: " + new TreeSet<>(unknown.getKnownPropertyIds()));
        }
        if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return new ConfigException(path(refused) + ": " + refused.getCause().getMessage());
        }
        if (e instanceof MismatchedInputException mismatch) {
            return new ConfigException(path(mismatch) + ": " + Forms.of(mismatch.getTargetType()) + " is expected");
        }
        if (e instanceof JsonMappingException mapping) {
            return new ConfigException(path(mapping) + ": cannot be read");
        }
        return new ConfigException("the settings of " + service + " cannot be read");
    }

    private String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                .collect(Collectors.joining("", service, ""));
    }
}
