/** Looks at a stack from outside in the four ways in which a run is judged: topics, tables, new devices, and their rest. */
@NullMarked
package io.millrace.guarantees.views;

import org.jspecify.annotations.NullMarked;
