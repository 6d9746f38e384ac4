/**
 * Undertow: what stands before a session (guards, handshake, frames), the HTTP calls, the way to the pull API and the web
 * page. No handler blocks an I/O thread.
 */
@NullMarked
package io.millrace.edge.http;

import org.jspecify.annotations.NullMarked;
