package io.millrace.timeline.cassandra;

import com.datastax.driver.core.Statement;

/**
 * A statement and the partition it goes to; statements of one partition may be sent as one unlogged batch.
 *
 * @param partition table and partition key as text
 */
record PartitionedStatement(String partition, Statement statement) {}
