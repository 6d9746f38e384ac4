/** Kafka brokers of its own: one node or a cluster, KRaft, broker and controller in one JVM each. Depends on {@code part} and {@code child}. */
@NullMarked
package io.millrace.localstack.broker;

import org.jspecify.annotations.NullMarked;
