/** Which subscribers are paused: a compacted topic that every dispatcher follows. */
@NullMarked
package io.millrace.webhooks.state;

import org.jspecify.annotations.NullMarked;
