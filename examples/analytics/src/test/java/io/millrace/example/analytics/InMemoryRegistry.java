package io.millrace.example.analytics;

import io.millrace.schemas.serde.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry for topology tests, which run in one thread and without a network. */
final class InMemoryRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public int idOf(String subject, Schema schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public Schema byId(int id) {
        return schemas.get(id - 1);
    }
}
