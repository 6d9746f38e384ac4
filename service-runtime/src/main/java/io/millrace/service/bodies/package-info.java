/** The keys that bodies are encrypted with, followed from the log, and bodies read with them. */
@NullMarked
package io.millrace.service.bodies;

import org.jspecify.annotations.NullMarked;
