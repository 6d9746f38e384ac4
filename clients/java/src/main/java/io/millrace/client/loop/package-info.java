/**
 * The one thread everything in a client happens on, and its clock. Tests replace it by a loop with a clock of their
 * own, so that reconnects, time-outs and merges are deterministic. Depends on nothing.
 */
@NullMarked
package io.millrace.client.loop;

import org.jspecify.annotations.NullMarked;
