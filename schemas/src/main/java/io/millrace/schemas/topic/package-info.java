/** The catalogue of topics: names, keys, values, partitions, retention, owner; and what creates them. */
@NullMarked
package io.millrace.schemas.topic;

import org.jspecify.annotations.NullMarked;
