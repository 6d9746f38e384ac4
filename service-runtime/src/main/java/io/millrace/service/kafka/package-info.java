/** Kafka client settings with the few that correctness depends on asserted. */
@NullMarked
package io.millrace.service.kafka;

import org.jspecify.annotations.NullMarked;
