package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The schemas of docs/openapi.yaml and docs/asyncapi.yaml as JSON Schema 2020-12. Clients ignore what they do not know;
 * these tests do not: a field that no document names is an error here.
 */
final class ProtocolSchemas {
    static final JsonNode OPENAPI = read("openapi.yaml");
    static final JsonNode ASYNCAPI = read("asyncapi.yaml");

    private static final ObjectNode DEFINITIONS = definitions();
    private static final Map<String, Schema> SCHEMAS = new TreeMap<>();

    private ProtocolSchemas() {}

    private static JsonNode read(String name) {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("../docs", name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the answer is what the HTTP schema of that name says. */
    static JsonNode assertAnswer(String schema, JsonNode answer) {
        return assertValid("http." + schema, answer);
    }

    /** Fails unless the frame is what the schema named by its {@code type} says. */
    static JsonNode assertFrame(JsonNode frame) {
        return assertValid("ws." + frame.path("type").asText("(no type)"), frame);
    }

    private static synchronized JsonNode assertValid(String name, JsonNode node) {
        assertThat(DEFINITIONS.has(name)).as("a schema named %s", name).isTrue();
        var errors = SCHEMAS.computeIfAbsent(name, ProtocolSchemas::compile).validate(node);
        assertThat(errors).as("%s\n%s", name, node.toPrettyString()).isEmpty();
        return node;
    }

    private static Schema compile(String name) {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$ref", "#/$defs/" + name);
        root.set("$defs", DEFINITIONS);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
    }

    private static ObjectNode definitions() {
        var all = JsonNodeFactory.instance.objectNode();
        OPENAPI.at("/components/schemas")
                .properties()
                .forEach(e -> all.set("http." + e.getKey(), strict(e.getValue(), "http.")));
        ASYNCAPI.at("/components/schemas")
                .properties()
                .forEach(e -> all.set("ws." + e.getKey(), strict(e.getValue(), "ws.")));
        return all;
    }

    /** A copy with references into one document, and without room for fields that stand nowhere. */
    private static JsonNode strict(JsonNode schema, String document) {
        if (schema.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            schema.forEach(element -> array.add(strict(element, document)));
            return array;
        }
        if (!schema.isObject()) {
            return schema;
        }
        var copy = JsonNodeFactory.instance.objectNode();
        schema.properties().forEach(e -> copy.set(e.getKey(), strict(e.getValue(), document)));
        if (schema.path("$ref").isTextual()) {
            copy.put("$ref", "#/$defs/" + target(schema.get("$ref").asText(), document));
        }
        if (schema.path("properties").isObject() && !schema.has("additionalProperties")) {
            copy.put("additionalProperties", false);
        }
        return copy;
    }

    private static String target(String reference, String document) {
        var prefix = reference.startsWith("./openapi.yaml#/components/schemas/")
                ? "http."
                : reference.startsWith("#/components/schemas/") ? document : null;
        assertThat(prefix).as("where %s points", reference).isNotNull();
        var name = prefix + reference.substring(reference.lastIndexOf('/') + 1);
        var schemas = (prefix.equals("http.") ? OPENAPI : ASYNCAPI).at("/components/schemas");
        assertThat(schemas.has(name.substring(name.indexOf('.') + 1)))
                .as("%s exists", name)
                .isTrue();
        return name;
    }
}
