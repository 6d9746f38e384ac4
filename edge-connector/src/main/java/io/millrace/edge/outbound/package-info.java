/** From the lane to sockets and waiting requests: each delivery finds its sessions by id, the body written once. */
@NullMarked
package io.millrace.edge.outbound;

import org.jspecify.annotations.NullMarked;
