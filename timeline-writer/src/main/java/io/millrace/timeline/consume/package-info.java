/**
 * Takes the two public logs from Kafka, batch by batch and partition by partition, and has them written; an offset is
 * committed only after everything before it is in the store.
 */
@NullMarked
package io.millrace.timeline.consume;

import org.jspecify.annotations.NullMarked;
