package io.millrace.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.SharedStack;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.serde.HttpSchemaRegistry;
import io.millrace.schemas.serde.SchemaRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry of the stack takes schemas that grow, and refuses those that could not be read, or not be read back. */
@Timeout(120)
final class SchemaGrowthIT {
    private static final String SUBJECT = "commands-value";

    private final HttpSchemaRegistry registry =
            new HttpSchemaRegistry(SharedStack.running().parts().registryUrl(), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"needed\", \"type\": \"string\"}",
                "{\"name\": \"conversation\", \"type\": \"long\"}",
            })
    void shouldRefuseASchemaThatCannotReadWhatIsThere(String field) {
        // Given
        int before = registry.idOf(SUBJECT, Command.getClassSchema());

        // When
        assertThatThrownBy(() -> registry.idOf(SUBJECT, withField(field)))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining(SUBJECT);

        // Then
        assertThat(new HttpSchemaRegistry(SharedStack.running().parts().registryUrl(), false)
                        .idOf(SUBJECT, Command.getClassSchema()))
                .isEqualTo(before);
    }

    @Test
    void shouldRefuseASchemaThatReadersOfTodayCannotRead() {
        // Given
        var without = command(todaysFieldsBut("user"));

        // When // Then
        assertThatThrownBy(() -> registry.idOf(SUBJECT, without)).isInstanceOf(SchemaRefusedException.class);
    }

    /** Today's schema with one field more, or with another one of that name. */
    private static Schema withField(String json) {
        var added = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + json + "]}")
                .getFields()
                .get(0);
        var fields = todaysFieldsBut(added.name());
        fields.add(new Schema.Field(added, added.schema()));
        return command(fields);
    }

    private static List<Schema.Field> todaysFieldsBut(String name) {
        var fields = new ArrayList<Schema.Field>();
        for (var field : Command.getClassSchema().getFields()) {
            if (!field.name().equals(name)) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        return fields;
    }

    private static Schema command(List<Schema.Field> fields) {
        var today = Command.getClassSchema();
        return Schema.createRecord(today.getName(), today.getDoc(), today.getNamespace(), false, fields);
    }
}
