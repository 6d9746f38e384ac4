package io.millrace.timeline.cassandra;

import com.datastax.driver.core.PreparedStatement;

/** Prepares statements. */
interface Preparing {
    /** Prepares a statement in which {@code $.} stands before each table, in place of the keyspace. */
    PreparedStatement prepare(String cql);
}
