/**
 * Users with devices that talk through the public protocol alone, from a seed, and write down all they ask and all they
 * are told. Knows nothing of faults but that devices may crash and lines may be cut.
 */
@NullMarked
package io.millrace.guarantees.workload;

import org.jspecify.annotations.NullMarked;
