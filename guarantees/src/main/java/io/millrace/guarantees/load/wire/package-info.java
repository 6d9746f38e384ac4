/**
 * A WebSocket client for load: thousands of connections on a few threads, a frame costs no object of its own. Knows RFC
 * 6455 and nothing of Millrace. Start at {@code Reactor} and {@code Link}.
 */
@NullMarked
package io.millrace.guarantees.load.wire;

import org.jspecify.annotations.NullMarked;
