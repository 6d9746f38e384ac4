/** Tells people and programs how a run went: a file of facts, a page to look at, and a few lines for the terminal. */
@NullMarked
package io.millrace.guarantees.report;

import org.jspecify.annotations.NullMarked;
