/** {@code ./millrace prove}: starts a stack, loads it, breaks it, lets it come to rest, and judges what is left. */
@NullMarked
package io.millrace.guarantees.prove;

import org.jspecify.annotations.NullMarked;
