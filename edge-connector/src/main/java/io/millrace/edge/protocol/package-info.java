/**
 * The client protocol: strict JSON in, asks and frames out. Knows neither sockets nor Kafka's clients; what it reads is
 * typed once here, and what it refuses is refused with a code of the contract.
 */
@NullMarked
package io.millrace.edge.protocol;

import org.jspecify.annotations.NullMarked;
