/**
 * Writes the store again from the log, and proves it equal: what is read goes through the writers of
 * {@link io.millrace.timeline.consume}, into the store or into memory. Start at ReplayMain.
 */
@NullMarked
package io.millrace.timeline.replay;

import org.jspecify.annotations.NullMarked;
