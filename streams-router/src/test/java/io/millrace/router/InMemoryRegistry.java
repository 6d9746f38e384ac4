package io.millrace.router;

import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.serde.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry for topology tests, which run in one thread and without a network. */
public final class InMemoryRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int at = schemas.indexOf(schema);
        if (at < 0) {
            schemas.add(schema);
            at = schemas.size() - 1;
        }
        return at + 1;
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new PoisonRecordException(PoisonRecordException.Cause.UNKNOWN_SCHEMA, "no schema " + id);
        }
        return schemas.get(id - 1);
    }
}
