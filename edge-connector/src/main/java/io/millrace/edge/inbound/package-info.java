/**
 * From asks to records: accepts commands into the log, bounds those that are undecided, brings decisions back to whoever
 * waits, and writes the records about sessions. Nothing here blocks the caller.
 */
@NullMarked
package io.millrace.edge.inbound;

import org.jspecify.annotations.NullMarked;
