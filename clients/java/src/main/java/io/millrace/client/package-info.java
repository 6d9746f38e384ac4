/**
 * A device of a Millrace user. Read {@code MillraceClient} first: it wires the connection (one WebSocket session after
 * another), the timeline (push and pull merged) and the outbox (commands until their decision) on one thread.
 */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;
