/**
 * The only package that knows Cassandra's driver: connection, migrations, statements, rows. All writes are idempotent
 * upserts whose write timestamp is the stamp of the event, so any order of completion gives the same rows.
 */
@NullMarked
package io.millrace.timeline.cassandra;

import org.jspecify.annotations.NullMarked;
