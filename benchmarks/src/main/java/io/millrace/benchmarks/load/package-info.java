/** Open-loop load and its times. Start at {@code Traffic} and {@code Stretch}. */
@NullMarked
package io.millrace.benchmarks.load;

import org.jspecify.annotations.NullMarked;
