/**
 * Judges a run by four views of one truth: what clients wrote down, the committed topics, the rows in Cassandra, and a new
 * device of every user that reads from zero. They are compared in both directions. Pure: knows records, no servers.
 */
@NullMarked
package io.millrace.guarantees.check;

import org.jspecify.annotations.NullMarked;
