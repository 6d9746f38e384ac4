/**
 * Second stage: number timelines, keep sessions and read cursors, tell edges. State classes alone touch stores. May depend
 * on schemas and Kafka Streams.
 */
@NullMarked
package io.millrace.router.user;

import org.jspecify.annotations.NullMarked;
