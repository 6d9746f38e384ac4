/**
 * JSON of the client protocol: strict parsing and the frames a client writes. Knows no socket and no state.
 */
@NullMarked
package io.millrace.client.frame;

import org.jspecify.annotations.NullMarked;
