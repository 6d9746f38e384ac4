/**
 * The whole of Millrace on one machine: broker, registry, Cassandra and the services, each in a JVM of its own that dies
 * with this one. {@link io.millrace.localstack.LocalStack} is the fixture of every test that needs the real parts, and
 * what {@code ./millrace up} runs.
 */
@NullMarked
package io.millrace.localstack;

import org.jspecify.annotations.NullMarked;
