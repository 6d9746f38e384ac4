/** Where the groups of the subscribers stand in the log, as Kafka tells it, and how they are put elsewhere. */
@NullMarked
package io.millrace.webhooks.lag;

import org.jspecify.annotations.NullMarked;
