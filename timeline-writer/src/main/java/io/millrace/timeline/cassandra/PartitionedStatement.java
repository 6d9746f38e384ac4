package io.millrace.timeline.cassandra;

import com.datastax.driver.core.BatchStatement;
import com.datastax.driver.core.Statement;

/**
 * A statement and the partition it goes to; statements of one partition may be sent as one unlogged batch.
 *
 * @param partition partition key as text, with what tells it from those of tables whose keys are others
 */
record PartitionedStatement(String partition, Statement statement) {
    /** Together with another one of the same partition: a replica applies both or none. */
    PartitionedStatement with(Statement other) {
        var both =
                new BatchStatement(BatchStatement.Type.UNLOGGED).add(statement).add(other);
        return new PartitionedStatement(partition, both.setIdempotent(true));
    }

    /** How many rows it writes. */
    int rows() {
        return statement instanceof BatchStatement batch ? batch.size() : 1;
    }
}
