/** The timeline service: writes the public log into Cassandra and serves the pull API. Start at TimelineApplication. */
@NullMarked
package io.millrace.timeline;

import org.jspecify.annotations.NullMarked;
