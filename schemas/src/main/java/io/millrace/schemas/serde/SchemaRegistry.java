package io.millrace.schemas.serde;

import org.apache.avro.Schema;

/** Schema ids and schemas. Answers are remembered by the implementation, so a call per record costs a map look-up. Thread-safe. */
public interface SchemaRegistry {
    /**
     * The id of a schema under a subject, registering it first where the implementation is allowed to.
     *
     * @throws RegistryUnavailableException if the registry did not answer; the call may be repeated
     * @throws SchemaRefusedException if the registry answered that it will not have this schema
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema that was registered with this id.
     *
     * @throws RegistryUnavailableException if the registry did not answer; the call may be repeated
     * @throws PoisonRecordException if the registry answered that there is no such id
     */
    Schema byId(int id);
}
