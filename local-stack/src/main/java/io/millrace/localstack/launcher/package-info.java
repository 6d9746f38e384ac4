/** The commands of {@code ./millrace} that need Java: run a stack in the foreground, look at it, end it, ask it for a token. */
@NullMarked
package io.millrace.localstack.launcher;

import org.jspecify.annotations.NullMarked;
