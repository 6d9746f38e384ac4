/** Avro records in the Confluent wire format against a registry with Confluent's REST API. Depends on nothing of Kafka but its serializer interfaces. */
@NullMarked
package io.millrace.schemas.serde;

import org.jspecify.annotations.NullMarked;
