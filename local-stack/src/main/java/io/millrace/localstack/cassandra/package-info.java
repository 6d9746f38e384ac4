/** One Cassandra node for development. Depends on {@code part} and {@code child}. */
@NullMarked
package io.millrace.localstack.cassandra;

import org.jspecify.annotations.NullMarked;
