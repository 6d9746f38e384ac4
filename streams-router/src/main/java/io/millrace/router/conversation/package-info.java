/**
 * First stage: de-duplicate, authorise, number, fan out by partition. Rules are pure; state classes alone touch stores;
 * the processor decides everything before it writes anything. May depend on schemas and Kafka Streams.
 */
@NullMarked
package io.millrace.router.conversation;

import org.jspecify.annotations.NullMarked;
