/** Single hot functions, measured by JMH. {@code MicroMain} runs them. */
@NullMarked
package io.millrace.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
