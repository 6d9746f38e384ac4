/** A Kafka broker of its own: one node, KRaft, broker and controller in one JVM. Depends on {@code part} and {@code child}. */
@NullMarked
package io.millrace.localstack.broker;

import org.jspecify.annotations.NullMarked;
