/** The network between clients, services and servers, in our hands: it can be slow, narrow, stall, lose one direction or reset. Knows bytes alone. */
@NullMarked
package io.millrace.guarantees.net;

import org.jspecify.annotations.NullMarked;
