/** The stack that is measured. */
@NullMarked
package io.millrace.benchmarks.stage;

import org.jspecify.annotations.NullMarked;
