/**
 * Pages and files that are not code, held to the code: settings, tables, runbooks, container files. What can be
 * generated is written by {@code -Dmillrace.docs.write=true}.
 */
@NullMarked
package io.millrace.localstack.docs;

import org.jspecify.annotations.NullMarked;
