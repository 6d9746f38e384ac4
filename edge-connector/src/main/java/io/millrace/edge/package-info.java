/** An edge: holds sockets, turns frames into commands and deliveries into frames. Read {@code EdgeApplication} first. */
@NullMarked
package io.millrace.edge;

import org.jspecify.annotations.NullMarked;
