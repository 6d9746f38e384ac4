/**
 * Chat in a terminal: a small program on top of the client, for people and as an example. {@code ChatMain} first.
 */
@NullMarked
package io.millrace.client.chat;

import org.jspecify.annotations.NullMarked;
