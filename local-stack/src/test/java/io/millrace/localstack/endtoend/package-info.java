/**
 * Users on their devices against the whole stack: real broker, real Cassandra, two edge processes. One stack for all
 * classes; every test has users of its own, so that tests cannot meet.
 */
@NullMarked
package io.millrace.localstack.endtoend;

import org.jspecify.annotations.NullMarked;
