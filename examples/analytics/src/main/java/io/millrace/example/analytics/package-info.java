/** Counts what happens in Millrace from its public topics alone, and shows it. Knows no part of Millrace but its schemas. */
@NullMarked
package io.millrace.example.analytics;

import org.jspecify.annotations.NullMarked;
