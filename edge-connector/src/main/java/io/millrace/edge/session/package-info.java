/**
 * One live connection of a device: its states, its limits, what it was pushed and what it acknowledged. Knows no
 * Undertow type (a {@code Socket} stands for the wire) and no Kafka client.
 */
@NullMarked
package io.millrace.edge.session;

import org.jspecify.annotations.NullMarked;
