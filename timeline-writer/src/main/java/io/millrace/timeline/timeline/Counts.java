package io.millrace.timeline.timeline;

/**
 * What the router counted after an entry.
 *
 * @param unread messages of the conversation that are not read
 * @param unreadMentions how many of them mention the user
 * @param totalUnread over all conversations that are not muted
 * @param request whether the conversation was begun by somebody to whom the user has never written
 */
public record Counts(long unread, long unreadMentions, long totalUnread, boolean request) {}
