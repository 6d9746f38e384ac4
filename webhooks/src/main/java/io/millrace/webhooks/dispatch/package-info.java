/**
 * The log, one consumer group per subscriber: which event is sent next, when again, when it is given up, and how far
 * offsets may be committed.
 */
@NullMarked
package io.millrace.webhooks.dispatch;

import org.jspecify.annotations.NullMarked;
