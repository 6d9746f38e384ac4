/**
 * One WebSocket session after another: opening, heart-beat, token renewal, and what each close code asks of a client.
 * The socket itself is behind {@code Transport}, so that tests can drop, double, reorder and cut.
 */
@NullMarked
package io.millrace.client.connection;

import org.jspecify.annotations.NullMarked;
