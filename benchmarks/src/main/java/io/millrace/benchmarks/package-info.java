/** How fast it is, with baselines of the same machine in the same run. {@code Main} is the command {@code bench}; a {@code Scenario} is one kind of load. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
