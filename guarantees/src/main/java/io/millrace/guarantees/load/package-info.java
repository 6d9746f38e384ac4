/**
 * Load upon a stack through the public protocol, open loop, and what becomes of it: memory, refusals, return to normal,
 * fairness. {@code Main} is the command {@code overload}, a {@code Scenario} one chapter of it; {@code Device},
 * {@code Crowd}, {@code OpenLoop} and {@code Phase} know nothing of scenarios.
 */
@NullMarked
package io.millrace.guarantees.load;

import org.jspecify.annotations.NullMarked;
