/**
 * The pull API: what a device asks for over HTTP, checked, authorised and answered from the store. Knows Undertow and
 * the stores, not Cassandra's driver and not Kafka.
 */
@NullMarked
package io.millrace.timeline.pull;

import org.jspecify.annotations.NullMarked;
