/**
 * The life of this edge in the log: its id, the lane it reads, its signs of life, the probe that proves the way through
 * the log, and what happens when it is fenced or stood still. Knows nothing of sockets.
 */
@NullMarked
package io.millrace.edge.lane;

import org.jspecify.annotations.NullMarked;
