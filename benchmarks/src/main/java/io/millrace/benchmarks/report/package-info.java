/** A run as a tree of records, and what is made of it: text, JSON, one HTML page, a comparison. */
@NullMarked
package io.millrace.benchmarks.report;

import org.jspecify.annotations.NullMarked;
