/** The network between clients and edges, in our hands: it can be slow, stall, lose one direction or reset. Knows bytes alone. */
@NullMarked
package io.millrace.guarantees.net;

import org.jspecify.annotations.NullMarked;
