/** Typed ids: their grammar is checked once, where they enter the house; argument swaps do not compile. */
@NullMarked
package io.millrace.schemas.id;

import org.jspecify.annotations.NullMarked;
