/**
 * The HTTP half of the protocol: pulling a timeline, conversations and history, group life. Every call is asynchronous
 * and answers with a value or an {@code ApiException} that carries the server's code.
 */
@NullMarked
package io.millrace.client.http;

import org.jspecify.annotations.NullMarked;
