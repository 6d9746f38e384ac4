/** What the machine, its processes and the servers say of themselves. */
@NullMarked
package io.millrace.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
