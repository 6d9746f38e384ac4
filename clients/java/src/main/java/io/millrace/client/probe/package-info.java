/**
 * Measures how long a message takes from the instant it was due until it is accepted, posted, and on the recipient's
 * socket. Uses the client like any other program.
 */
@NullMarked
package io.millrace.client.probe;

import org.jspecify.annotations.NullMarked;
