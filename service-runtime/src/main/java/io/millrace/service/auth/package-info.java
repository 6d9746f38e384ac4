/** Checks bearer tokens and their revocation; issues development tokens. Knows nothing of sockets. */
@NullMarked
package io.millrace.service.auth;

import org.jspecify.annotations.NullMarked;
