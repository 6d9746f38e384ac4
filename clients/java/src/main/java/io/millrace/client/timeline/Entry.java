package io.millrace.client.timeline;

import org.jspecify.annotations.Nullable;

/**
 * One numbered fact of a user's timeline. Applying an entry twice changes nothing, its values are absolute.
 *
 * @param version number of the event in its conversation, null for {@code read} and {@code settings}
 * @param atMs when it was decided, epoch milliseconds
 * @param clientMessageId own events only: the key of the command
 * @param device own events only: the device that sent the command
 * @param unread what is unread after it; null where the server says nothing of it
 * @param request whether the conversation was begun by somebody to whom the user has never written
 */
public record Entry(
        long position,
        String conversation,
        @Nullable Long version,
        long atMs,
        Event event,
        @Nullable String clientMessageId,
        @Nullable String device,
        @Nullable Unread unread,
        boolean request) {}
