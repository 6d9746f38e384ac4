/** Who a client is: checks its token off the I/O threads, and again when tokens are revoked. */
@NullMarked
package io.millrace.edge.auth;

import org.jspecify.annotations.NullMarked;
