/** Hashes that every event, entry and command carries. */
@NullMarked
package io.millrace.schemas.hash;

import org.jspecify.annotations.NullMarked;
