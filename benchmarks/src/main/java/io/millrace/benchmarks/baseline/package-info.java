/** What the parts bear without Millrace: the least that its work could cost here. */
@NullMarked
package io.millrace.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
