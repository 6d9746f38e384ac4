package io.millrace.schemas.topic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** A section for each record, enum and fixed type that schemas name, from what they say of themselves. */
final class RecordTables {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordTables() {}

    /** One section per named type, those of the fields after that of the record which has them first. */
    static String of(List<Schema> schemas) {
        var named = new LinkedHashMap<String, Schema>();
        schemas.forEach(schema -> collect(schema, named));
        return named.values().stream().map(RecordTables::section).collect(Collectors.joining("\n"));
    }

    /** The classes of all fields of a record and of the records in it. */
    static Set<String> personal(Schema schema) {
        var named = new LinkedHashMap<String, Schema>();
        collect(schema, named);
        return named.values().stream()
                .filter(type -> type.getType() == Schema.Type.RECORD)
                .flatMap(type -> type.getFields().stream())
                .map(field -> field.getProp("personal"))
                .filter(value -> value != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String link(String type) {
        return "[`" + type + "`](#" + type.toLowerCase(Locale.ROOT) + ")";
    }

    private static void collect(Schema schema, Map<String, Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.putIfAbsent(schema.getName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), named));
                }
            }
            case ENUM, FIXED -> named.putIfAbsent(schema.getName(), schema);
            case ARRAY -> collect(schema.getElementType(), named);
            case UNION -> schema.getTypes().forEach(type -> collect(type, named));
            default -> {} // primitives have no name
        }
    }

    private static String section(Schema schema) {
        var head = "### " + schema.getName() + "\n\n" + schema.getDoc() + "\n\n";
        return switch (schema.getType()) {
            case RECORD ->
                schema.getFields().stream()
                        .map(RecordTables::row)
                        .collect(Collectors.joining(
                                "",
                                head + "| field | type | default | personal | meaning |\n|---|---|---|---|---|\n",
                                ""));
            case ENUM ->
                schema.getEnumSymbols().stream()
                        .map(symbol -> "`" + symbol + "`")
                        .collect(Collectors.joining(
                                ", ",
                                head + "One of ",
                                "; who does not know a symbol takes `" + schema.getEnumDefault() + "`.\n"));
            default -> head + schema.getFixedSize() + " bytes.\n";
        };
    }

    private static String row(Schema.Field field) {
        var personal = field.getProp("personal");
        return "| `" + field.name() + "` | " + type(field.schema()) + " | " + standard(field) + " | "
                + (personal == null ? "see its fields" : personal) + " | "
                + field.doc().replace("|", "\\|") + " |\n";
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> link(schema.getName());
            case ARRAY -> "list of " + type(schema.getElementType());
            case UNION ->
                schema.getTypes().stream()
                                .filter(type -> type.getType() != Schema.Type.NULL)
                                .map(RecordTables::type)
                                .collect(Collectors.joining(" or "))
                        + " or null";
            default ->
                schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getLogicalType().getName();
        };
    }

    private static String standard(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            return "";
        }
        var value = field.defaultVal();
        try {
            if (value == JsonProperties.NULL_VALUE) {
                return "`null`";
            }
            return "`" + JSON.writeValueAsString(value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : value)
                    + "`";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the default of " + field + " is JSON", e);
        }
    }
}
