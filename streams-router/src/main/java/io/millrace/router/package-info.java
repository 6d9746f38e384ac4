/** The router: two Streams applications in one process. Read {@code RouterApplication} first, then the two topologies. */
@NullMarked
package io.millrace.router;

import org.jspecify.annotations.NullMarked;
