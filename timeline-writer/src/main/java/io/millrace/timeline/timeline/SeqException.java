package io.millrace.timeline.timeline;

/**
 * A message that one user does not see as the others do.
 *
 * @param stamp write timestamp, microseconds; 0 in one that was read
 * @param deleted the user deleted it for itself
 * @param hidden the user had blocked its author
 */
public record SeqException(String user, String conversation, long seq, long stamp, boolean deleted, boolean hidden) {}
