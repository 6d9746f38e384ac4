package io.millrace.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** Schemas explain themselves to whoever taps the log, and can grow. */
class SchemaDocsTest {
    /** What docs/topics.md explains. */
    private static final Set<String> PERSONAL = Set.of("none", "pseudonym", "content", "secret");

    @Test
    void shouldDocumentEveryRecordAndField() {
        // When
        var silent = new ArrayList<String>();
        for (var schema : named()) {
            if (schema.getDoc() == null || schema.getDoc().isBlank()) {
                silent.add(schema.getFullName());
            }
            if (schema.getType() == Schema.Type.RECORD) {
                schema.getFields().stream()
                        .filter(f -> f.doc() == null || f.doc().isBlank())
                        .forEach(f -> silent.add(schema.getFullName() + "." + f.name()));
            }
        }

        // Then
        assertThat(silent).isEmpty();
    }

    /** Of a field that holds a record, its fields say it. */
    @Test
    void shouldSayOfEveryFieldHowPersonalItIs() {
        // When
        var wrong = new ArrayList<String>();
        for (var schema : named()) {
            if (schema.getType() == Schema.Type.RECORD) {
                schema.getFields().stream()
                        .filter(f -> holdsRecord(f.schema())
                                ? f.getProp("personal") != null
                                : !PERSONAL.contains(String.valueOf(f.getProp("personal"))))
                        .forEach(f -> wrong.add(schema.getFullName() + "." + f.name()));
            }
        }

        // Then
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldGiveEveryEnumADefaultSoThatOldReadersMeetNewSymbols() {
        assertThat(named())
                .filteredOn(s -> s.getType() == Schema.Type.ENUM)
                .hasSizeGreaterThan(5)
                .allMatch(s -> s.getEnumDefault() != null);
    }

    private static Set<Schema> named() {
        var found = new HashSet<Schema>();
        for (var topic : TopicCatalogue.ALL) {
            collect(SpecificData.get().getSchema(topic.value()), found);
        }
        return found;
    }

    private static boolean holdsRecord(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> true;
            case ARRAY -> holdsRecord(schema.getElementType());
            case UNION -> schema.getTypes().stream().anyMatch(SchemaDocsTest::holdsRecord);
            default -> false;
        };
    }

    private static void collect(Schema schema, Set<Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.add(schema)) {
                    schema.getFields().forEach(f -> collect(f.schema(), found));
                }
            }
            case ENUM, FIXED -> found.add(schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case UNION -> List.copyOf(schema.getTypes()).forEach(s -> collect(s, found));
            default -> {} // primitives have no doc
        }
    }
}
