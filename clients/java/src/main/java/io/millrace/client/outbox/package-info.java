/**
 * Commands on their way: each keeps one clientMessageId until its decision is known, over however many sessions that
 * takes. Knows no socket: a session is something that frames can be given to.
 */
@NullMarked
package io.millrace.client.outbox;

import org.jspecify.annotations.NullMarked;
